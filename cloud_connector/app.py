"""Composition root: routes, workers, settings."""
