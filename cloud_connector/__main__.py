"""serve, migrate, device add."""
