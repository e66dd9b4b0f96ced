"""Background work of the connector: delivery and clean-up."""
