"""Tests: see docs/architecture.md for what each folder holds."""
