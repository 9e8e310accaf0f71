"""Named as Django looks for a backend (`ENGINE`)."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

from django.db.backends.sqlite3 import base

from config.files import hide, make_private


class DatabaseWrapper(base.DatabaseWrapper):
    """What learners do stands in its file. The log and the index beside it get the mode of the file from SQLite."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        path = str(self.settings_dict["NAME"])
        # In memory there is no file.
        if not path.startswith(("file:", ":memory:")):
            # Where it is another user's, it may still be used; where it cannot be made, SQLite says why.
            with suppress(OSError):
                make_private(Path(path))
            for end in ("", "-wal", "-shm"):
                with suppress(OSError):
                    hide(Path(path + end))
        return super().get_new_connection(conn_params)
