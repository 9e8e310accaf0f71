"""Packets as they are on the wire: TCP over IPv4 over Ethernet, byte for byte.

Each layer is a file of its own and knows only what it is handed: bytes from above, addresses from beside.
"""
