"""WeCom itself: client, tokens, callback encryption, limits, error policy."""
