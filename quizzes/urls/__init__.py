"""Addresses of practice, of people and classes, of taking a quiz, and of teaching."""

from quizzes.urls import build, people, practise, take, teach

app_name = "quizzes"

urlpatterns = [*practise.urlpatterns, *people.urlpatterns, *take.urlpatterns, *teach.urlpatterns, *build.urlpatterns]
