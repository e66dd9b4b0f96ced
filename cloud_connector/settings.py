"""Environment into a frozen dataclass."""
