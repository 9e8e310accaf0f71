"""Addresses of a quiz on paper."""

from django.urls import URLPattern, URLResolver, path

from quizzes.views import printed

a_print = "teach/quizzes/<slug:quiz>/print/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(a_print, printed.page, name="print"),
    path(f"{a_print}make", printed.make, name="print-make"),
    path(f"{a_print}throw-away", printed.throw_away, name="print-throw-away"),
    path(f"{a_print}sheets/", printed.sheets, name="print-sheets"),
    path(f"{a_print}key/", printed.key, name="print-key"),
    path(f"{a_print}typed/", printed.typed, name="print-typed"),
]
