"""Django's backend for SQLite, with a file that is its owner's alone before the first byte of it is written."""
