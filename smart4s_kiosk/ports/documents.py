"""Makers of each document."""
