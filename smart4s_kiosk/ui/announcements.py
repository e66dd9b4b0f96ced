"""Turns service announcements into one Qt signal on the main thread."""
