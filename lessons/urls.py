"""Addresses of what is read: the first page, the list, a lesson; and what programs ask first."""

from django.urls import path

from lessons import crawlers, views

app_name = "lessons"

urlpatterns = [
    path("", views.home, name="home"),
    path("lessons/", views.shelf, name="list"),
    path("lessons/found/", views.found, name="found"),
    path("lessons/<slug:slug>/", views.lesson_page, name="lesson"),
    path("robots.txt", crawlers.robots, name="robots"),
    path("sitemap.xml", crawlers.sitemap, name="sitemap"),
    path(".well-known/security.txt", crawlers.security, name="security"),
    path("favicon.ico", crawlers.favicon, name="favicon"),
]
