"""Makes every object in order and returns them; no Qt, so the CLI and tests use it too."""
