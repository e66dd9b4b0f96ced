"""Paper: PDFs, seals and codes."""
