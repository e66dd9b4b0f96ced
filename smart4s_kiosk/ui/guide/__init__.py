"""The demo's guide: what to try, who signs in with which PIN, and the windows that can be opened."""
