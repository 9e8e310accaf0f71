"""Commands for Django people."""
