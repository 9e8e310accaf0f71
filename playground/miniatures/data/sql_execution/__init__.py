"""A statement's way through a database."""
