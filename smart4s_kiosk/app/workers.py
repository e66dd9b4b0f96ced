"""Names, starts, watches, restarts and stops background loops."""
