"""Checks behind `doctor` and the health page."""
