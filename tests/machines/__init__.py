"""Machines that several miniatures can share, by themselves."""
