"""A state as a picture outside its page: an SVG file, a PNG, the card of a link; and the QR codes in it."""
