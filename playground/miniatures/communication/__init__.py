"""How two machines talk."""
