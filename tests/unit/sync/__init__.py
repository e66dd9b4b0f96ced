"""The way to the connector, without a connector."""
