"""Storing a password."""
