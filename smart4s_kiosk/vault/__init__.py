"""Keys and seals: the only home of keyring and encryption in the showroom."""
