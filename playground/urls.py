"""Addresses of the playground. A run is its query; each form of it has an address of its own."""

from django.urls import include, path

from playground.api.api import api
from playground.embed import article, builder, exports, oembed, widgets
from playground.guide import guide, how_we_check
from playground.page import views

app_name = "playground"

run = [
    path("", views.run_page, name="run"),
    path("player", views.player_fragment, name="player"),
    path("trace", views.trace_json, name="trace"),
    path("thumb.svg", exports.thumbnail, name="thumbnail"),
    # A challenge is the same run with a check list beside it.
    path("challenge/<slug:challenge>/", views.run_page, name="challenge"),
    path("challenge/<slug:challenge>/player", views.player_fragment, name="challenge-player"),
    # What it can be solved with, to be watched: an address of its own, so that nobody meets it unasked.
    path("challenge/<slug:challenge>/solution/", views.solution_page, name="solution"),
    path("challenge/<slug:challenge>/solution/player", views.solution_fragment, name="solution-player"),
    # A question about a run: asked with it, answered as a fragment or a page.
    path("predict/<slug:question>/", views.predict_page, name="predict"),
    path("predict/<slug:question>/answer", views.predict_fragment, name="predict-answer"),
    path("predict/<slug:question>/another", views.another, name="predict-another"),
    path("predict/<slug:question>/another/answer", views.another, {"view": "predict-answer"}, name="another-answer"),
    path("predict/<slug:question>/trace", views.predict_trace, name="predict-trace"),
]

urlpatterns = [
    path("playground/", views.gallery, name="gallery"),
    path("playground/scenes/", guide.guide, name="guide"),
    path("playground/scenes/<slug:name>/", guide.kind_page, name="guide-kind"),
    path("playground/scenes/<slug:name>/trace", guide.kind_trace, name="guide-trace"),
    path("embed/", builder.builder, name="embed-about"),
    path("embed/in-an-article/", article.article, name="embed-article"),
    path("embed/<slug:slug>/", widgets.widget, name="embed"),
    # A challenge in somebody's book, which hears how far its reader has come.
    path("embed/<slug:slug>/challenge/<slug:challenge>/", widgets.widget, name="embed-challenge"),
    path("oembed", oembed.oembed, name="oembed"),
    path("about/how-we-check", how_we_check.how_we_check, name="how-we-check"),
    # The state that the page of the same query shows, as a picture and as data.
    path("playground/<slug:slug>.svg", exports.as_svg, name="picture"),
    path("playground/<slug:slug>.png", exports.as_png, name="png"),
    path("playground/<slug:slug>.json", exports.as_json, name="json"),
    path("playground/<slug:slug>.html", exports.as_file, name="file"),
    path("playground/<slug:slug>/", include(run)),
    path("api/v1/", api.urls),
]
