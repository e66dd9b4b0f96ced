"""HTTP edge of the connector."""
