"""Addresses of quizzes that are taken. None holds the id of a person: the number counts one's own attempts."""

from django.urls import URLPattern, URLResolver, path

from quizzes.api import api
from quizzes.views import take

attempt = "quizzes/<slug:quiz>/<int:number>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("quizzes/api/", api.urls),
    path("quizzes/<slug:quiz>/", take.quiz_page, name="quiz"),
    path("quizzes/<slug:quiz>/start", take.start, name="start"),
    path(attempt, take.attempt_page, name="attempt"),
    path(f"{attempt}hand-in", take.hand_in, name="hand-in"),
    path(f"{attempt}<int:place>/", take.question_page, name="question"),
    path(f"{attempt}<int:place>/player", take.player, name="answer-player"),
    path(f"{attempt}<int:place>/save", take.save, name="save"),
    path(f"{attempt}<int:place>/trace", take.trace, name="answer-trace"),
]
