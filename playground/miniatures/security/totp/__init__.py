"""Six digits and a clock."""
