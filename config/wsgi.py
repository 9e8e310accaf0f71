"""What the server imports."""

import importlib
import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import reverse

from playground.caching import build_id
from playground.engine import registry
from playground.page.parts import compile_all

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()
# Every view and every model now, in the parent: processes share them, and none begins with a second of loading.
importlib.import_module(settings.ROOT_URLCONF)
registry.entries()
# And what the first run would find first: the name of this build, the addresses, the parts of a player.
build_id()
reverse("lessons:home")
compile_all()
