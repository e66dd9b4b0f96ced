"""Manager panel."""
