"""Pages about the house: every kind of picture on its samples, every state, and how the models are checked."""
