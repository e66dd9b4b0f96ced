"""Unit of work and one shelf per concept, as services see them."""
