"""CAP, honestly."""
