"""Addresses of rooms that vote: for phones, and for the screen in front."""

from django.urls import URLPattern, URLResolver, path

from quizzes.views import live, rooms

a_room = "live/<str:code>/"
a_screen = "teach/live/<slug:room>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(a_room, live.page, name="live"),
    path(f"{a_room}vote", live.vote, name="live-vote"),
    path(f"{a_room}state", live.state, name="live-state"),
    path(f"{a_room}trace", live.trace, name="live-trace"),
    path("teach/live/", rooms.new, name="live-new"),
    path(a_screen, rooms.screen, name="teach-live"),
    path(f"{a_screen}go-on", rooms.go_on, name="teach-live-go-on"),
    path(f"{a_screen}state", rooms.state, name="teach-live-state"),
    path(f"{a_screen}trace", rooms.trace, name="teach-live-trace"),
]
