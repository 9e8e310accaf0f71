"""The root of all addresses."""

from django.urls import include, path

urlpatterns = [
    path("", include("lessons.urls")),
    path("", include("playground.urls")),
    path("", include("quizzes.urls")),
]

handler400 = "config.errors.bad_request"
handler403 = "config.errors.permission_denied"
handler404 = "config.errors.not_found"
handler500 = "config.errors.server_error"
