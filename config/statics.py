"""Static files as they are served: compressed, under a name made of their content, our scripts without comments."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

from config.scripts import small

OURS = "js/"
"""Where our own scripts lie; those of packages come as they are made to be sent."""


class Small(Storage):
    """A storage of scripts that hands them out without comments and blanks."""

    def __init__(self, scripts: Storage) -> None:
        self.scripts = scripts

    def _open(self, name: str, mode: str = "rb") -> File[Any]:
        with self.scripts.open(name) as script:
            return ContentFile(small(script.read().decode()).encode(), name)


class ServedStorage(CompressedManifestStaticFilesStorage):
    """The static files of a site that runs. The copy without a digest in its name, for other sites, stays readable."""

    # What a module imports is named by its content too, so that it is kept as long as the module is.
    support_js_module_import_aggregation = True

    def post_process(self, paths: dict[str, tuple[Storage, str]], **options: Any) -> Iterator[tuple[str, str, bool]]:
        served = {
            name: (Small(storage), path) if name.startswith(OURS) and name.endswith(".js") else (storage, path)
            for name, (storage, path) in paths.items()
        }
        yield from super().post_process(served, **options)
