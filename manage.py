#!/usr/bin/env python
"""Django's command line for Orrery."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        from django.core.management import execute_from_command_line  # noqa: PLC0415 — needs the line above
    except ModuleNotFoundError as fault:
        if fault.name != "django":
            raise
        raise SystemExit(
            "This Python has no Django. Type .venv/bin/python instead of python; `make run` makes it."
        ) from None

    from config.faults import in_words  # noqa: PLC0415 — as above

    with in_words():
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
