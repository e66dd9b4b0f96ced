"""The vault's sums, without files."""
