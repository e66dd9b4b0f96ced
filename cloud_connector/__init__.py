"""Thin relay between showrooms and WeCom."""

__version__ = "2026.11.0"
