"""Parts of the composition root that need no file and no thread."""
