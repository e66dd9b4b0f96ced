"""The composition root with real files, processes and threads."""
