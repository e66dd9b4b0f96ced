"""Consultant's tablet, in front of the customer."""
