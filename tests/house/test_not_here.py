"""What this site does not have: who brings it finds here what a standard asks of it then (SECURITY.md)."""

import re

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client

from tests.conftest import ROOT
from tests.house.test_calls import FILES, imported, told
from tests.web.addresses import EVERY

TEMPLATES = [path for room in ("templates", "lessons", "playground") for path in (ROOT / room).rglob("*.html")]


@pytest.mark.asvs("tokens")
def test_there_are_no_tokens_that_speak_for_themselves_and_nobody_else_signs_people_in():
    modules = ("jwt", "authlib", "oauthlib", "itsdangerous", "social_django", "allauth")
    assert [
        told(path) for path in FILES if any(name.startswith(modules) for name in imported(path.read_text("utf-8")))
    ] == []


@pytest.mark.asvs("8.2.1")
def test_nobody_has_a_door_into_what_is_another_s():
    assert "django.contrib.admin" not in settings.INSTALLED_APPS
    fields = {field.name for field in get_user_model()._meta.get_fields()}
    assert not fields & {"is_staff", "is_superuser", "groups", "user_permissions"}


def test_what_is_kept_is_what_quizzes_need_and_no_more():
    ours = {model.__name__ for model in apps.get_models() if model._meta.app_label != "auth"}
    assert ours - {"ContentType"} == {model.__name__ for model in apps.get_app_config("quizzes").get_models()}


@pytest.mark.parametrize("address", [one for one in EVERY if one != "/readyz" and not one.startswith("/static/")])
def test_no_public_page_asks_the_database_or_who_is_there(address):
    """Without the database mark a query fails the test. `/readyz` asks whether it answers, and no more."""
    client = Client()
    client.cookies["sessionid"] = "a" * 32
    assert client.get(address).status_code < 500


@pytest.mark.asvs("uploads")
def test_no_file_is_taken():
    assert settings.DATA_UPLOAD_MAX_NUMBER_FILES == 0
    assert [
        told(path) for path in TEMPLATES if re.search(r"type=[\"']?file|multipart/form-data", path.read_text("utf-8"))
    ] == []
    assert [
        told(path)
        for path in FILES
        if re.search(r"request\.(FILES|body)\b|FileField|UploadedFile", path.read_text("utf-8"))
    ] == []
