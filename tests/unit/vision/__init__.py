"""Unit tests of vision."""
