"""Reading text from pictures, and what a driving licence says."""
