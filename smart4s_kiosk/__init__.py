"""Everything that runs in the showroom."""

__version__ = "2026.11.0"
