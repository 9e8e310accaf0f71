"""What the pages of lessons use beside Django’s own tags."""
