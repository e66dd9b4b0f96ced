"""One module for each command that people type; none imports Qt, cameras or the database before it runs."""
