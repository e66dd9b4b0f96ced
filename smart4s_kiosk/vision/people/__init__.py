"""Anonymous people on the floor: found, followed, counted."""
