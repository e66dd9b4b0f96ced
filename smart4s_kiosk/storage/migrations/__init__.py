"""Alembic migrations of the showroom database: every database, of tests too, is made by running them."""
