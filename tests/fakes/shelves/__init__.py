"""The in-memory shelves of `FakeStorage`, one file a concept."""
