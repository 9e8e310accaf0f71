"""Writes SECURITY.md anew."""

import os
import sys

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from tests.asvs.page import PAGE, page
    from tests.asvs.standard import Unsaid

    try:
        PAGE.write_text(page(), "utf-8")
    except Unsaid as wrong:
        sys.exit(str(wrong))
