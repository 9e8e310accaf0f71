"""What a state looks like: for each kind of picture its value, its words and its painter."""
