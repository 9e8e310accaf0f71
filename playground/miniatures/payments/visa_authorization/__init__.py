"""A card is authorised."""
