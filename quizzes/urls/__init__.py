"""Addresses of practice, of people and classes, of taking a quiz, of teaching, and of rooms that vote."""

from django.urls import URLPattern, URLResolver

from quizzes.urls import build, live, people, practise, take, teach

app_name = "quizzes"

urlpatterns: list[URLPattern | URLResolver] = [
    pattern for part in (practise, people, take, teach, build, live) for pattern in part.urlpatterns
]
