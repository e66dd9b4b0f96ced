"""The reception console, driven by events on real widgets."""
