"""The showroom database and media files: the only SQLAlchemy."""
