"""Machine settings from TOML and environment into frozen dataclasses, checked once."""
