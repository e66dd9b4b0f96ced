"""Store and forward: the only HTTP client and the only reader of the wire contract."""
