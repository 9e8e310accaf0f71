"""Addresses of practice, of people and classes, of taking a quiz,
of teaching, and of results."""

from quizzes.urls import people, practise, results, take, teach

app_name = "quizzes"

urlpatterns = [
    *practise.urlpatterns, *people.urlpatterns, *take.urlpatterns, *teach.urlpatterns, *results.urlpatterns,
]  # fmt: skip
