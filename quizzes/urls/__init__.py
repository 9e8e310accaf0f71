"""Addresses of practice, of people and classes, and of taking a quiz."""

from quizzes.urls import people, practise, take

app_name = "quizzes"

urlpatterns = [*practise.urlpatterns, *people.urlpatterns, *take.urlpatterns]
