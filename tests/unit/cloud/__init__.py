"""The connector without I/O."""
