"""JSON-lines log, rotation, personal-data filter."""
