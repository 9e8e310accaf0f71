"""Blobs, trees, commits."""
