"""A run in other people's places: widgets and the page that makes them, exports, and the one file to keep."""
