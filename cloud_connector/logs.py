"""JSON-lines log without secrets or personal data."""
