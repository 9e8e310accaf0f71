"""What pages put in that is made elsewhere."""
