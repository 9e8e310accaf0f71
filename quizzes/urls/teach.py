"""Addresses of those who teach."""

from django.urls import URLPattern, URLResolver, path

from quizzes.views import classes

a_class = "teach/classes/<slug:of>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("teach/", classes.teach, name="teach"),
    path(a_class, classes.class_page, name="class"),
]
