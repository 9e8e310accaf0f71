"""Lessons: reading prose with players inside, checking it, and showing it."""
