"""The vault with real files, processes and services of the system."""
