"""Front-desk console."""
