"""`python -m config.prepare` brings static files and database up to date: what a start does before it serves."""

import signal

if __name__ == "__main__":
    # As Python hears it, Ctrl-C may come while it loads, or in the middle of a collector's call, and prints a trace.
    # Being killed at any moment leaves nothing half made, so the system may do it.
    signal.signal(signal.SIGINT, signal.SIG_DFL)

from config.faults import in_words


def main() -> None:
    with in_words():
        # Loading takes a while, and Ctrl-C may come then.
        from django.core.management import call_command  # noqa: PLC0415 - see above

        from config import assets, files  # noqa: PLC0415 - see above

        with assets.one_at_a_time():
            files.unlisted(assets.LOCAL)
            assets.build()
            call_command("migrate", interactive=False, verbosity=0)


if __name__ == "__main__":
    main()
