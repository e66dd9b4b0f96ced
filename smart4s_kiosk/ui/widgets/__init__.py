"""Parts used by two or more surfaces."""
