"""Addresses of what is read: the first page, the list, a lesson."""

from django.urls import path

from lessons import views

app_name = "lessons"

urlpatterns = [
    path("", views.home, name="home"),
    path("lessons/", views.shelf, name="list"),
    path("lessons/found/", views.found, name="found"),
    path("lessons/<slug:slug>/", views.lesson_page, name="lesson"),
]
