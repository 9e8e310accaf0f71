"""Addresses of practice, of people and classes, of taking a quiz, of teaching, results, paper, and of rooms."""

from django.urls import URLPattern, URLResolver

from quizzes.urls import build, live, people, practise, printed, results, take, teach

app_name = "quizzes"

urlpatterns: list[URLPattern | URLResolver] = [
    pattern for part in (practise, people, take, teach, build, results, printed, live) for pattern in part.urlpatterns
]
