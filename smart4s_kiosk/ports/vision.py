"""Frames, findings and readers as services see them."""
