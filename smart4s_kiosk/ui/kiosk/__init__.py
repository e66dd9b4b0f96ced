"""Self-service screen for customers."""
