"""A run as a page: the player with its forms, addresses and drawings, the code that runs, what one shares."""
