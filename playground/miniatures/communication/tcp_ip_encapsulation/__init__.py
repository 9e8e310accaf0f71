"""A packet, wrapped layer by layer."""
