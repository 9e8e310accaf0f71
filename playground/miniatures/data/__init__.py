"""Data: how bytes are kept, found and agreed on."""
