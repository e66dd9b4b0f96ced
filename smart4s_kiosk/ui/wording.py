"""Words for every error code and enum."""
