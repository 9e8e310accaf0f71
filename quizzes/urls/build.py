"""Addresses of building a quiz."""

from django.urls import URLPattern, URLResolver, path

from quizzes.views import build, copies, variants, written

a_quiz = "teach/quizzes/<slug:quiz>/"
an_item = f"{a_quiz}variants/<int:place>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("teach/classes/<slug:of>/new-quiz", build.new, name="new-quiz"),
    path("teach/classes/<slug:of>/quizzes/", copies.page, name="copies"),
    path("teach/classes/<slug:of>/ready", copies.take, name="ready"),
    path(a_quiz, build.page, name="build"),
    path(f"{a_quiz}save", build.save, name="build-save"),
    path(f"{a_quiz}add", build.add, name="build-add"),
    path(f"{a_quiz}write", build.write, name="build-write"),
    path(f"{a_quiz}written/", written.new, name="written-new"),
    path(f"{a_quiz}written/<int:place>/", written.edit, name="written"),
    path(f"{a_quiz}move", build.move, name="build-move"),
    path(f"{a_quiz}remove", build.remove, name="build-remove"),
    path(f"{a_quiz}join", build.join, name="build-join"),
    path(f"{a_quiz}part", build.part, name="build-part"),
    path(f"{a_quiz}stock", build.stock, name="build-stock"),
    path(f"{a_quiz}publish", build.publish, name="build-publish"),
    path(f"{a_quiz}unpublish", build.unpublish, name="build-unpublish"),
    path(f"{a_quiz}preview", build.preview, name="build-preview"),
    path(f"{a_quiz}leave", build.leave, name="build-leave"),
    path(f"{a_quiz}delete", build.delete, name="build-delete"),
    path(f"{a_quiz}duplicate", copies.duplicate, name="duplicate"),
    path(f"{a_quiz}quiz.json", copies.as_file, name="quiz-file"),
    path(an_item, variants.page, name="variants"),
    path(f"{an_item}pin", variants.pin, name="variant-pin"),
    path(f"{an_item}exclude", variants.exclude, name="variant-exclude"),
    path(f"{an_item}take-back", variants.take_back, name="variant-take-back"),
    path(f"{an_item}more", variants.more, name="variants-more"),
]
