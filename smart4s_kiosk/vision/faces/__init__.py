"""Finding, judging and comparing faces; nothing leaves this terminal."""
