"""Addresses of practice."""

from django.urls import URLPattern, URLResolver, path

from quizzes.views import practise

urlpatterns: list[URLPattern | URLResolver] = [
    path("practise/", practise.practise, name="practise"),
    path("practise/<slug:slug>/<slug:template>/", practise.question, name="practise-question"),
    path("practise/<slug:slug>/<slug:template>/trace", practise.trace, name="practise-trace"),
]
