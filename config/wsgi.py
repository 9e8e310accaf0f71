"""What the server imports."""

import importlib
import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from playground.engine import registry

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()
# Every view and every model now, in the parent: processes share them, and none begins with a second of loading.
importlib.import_module(settings.ROOT_URLCONF)
registry.entries()
