"""HTTP/1.0 to HTTP/3."""
