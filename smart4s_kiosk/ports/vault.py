"""Sealing, forgetting and signing as services see them."""
