"""A log that is only appended to."""
