"""Runs a service call off the main thread and delivers the answer to a page that still lives."""
