"""`python -m config.serve PORT` serves the site until SIGTERM or Ctrl-C."""

import os
import signal
import sys

if __name__ == "__main__":
    # Until the supervisor listens the system answers Ctrl-C: Python, while it loads, would print a trace.
    signal.signal(signal.SIGINT, signal.SIG_DFL)

from config.faults import in_words


def main() -> None:
    with in_words():
        # Loading takes a while; what is wrong meanwhile is said in words too.
        from config.serve.supervisor import Supervisor, listening  # noqa: PLC0415 - see above
        from config.wsgi import application  # noqa: PLC0415 - see above

        port = sys.argv[1] if len(sys.argv) == 2 else ""
        if not port.isdecimal() or not 1 <= int(port) <= 65535:
            raise SystemExit(f"PORT must be a whole number from 1 to 65535, not {port!r}.")
        shared = listening(os.environ.get("HOST") or "127.0.0.1", int(port))
        Supervisor(application, shared, max(2, os.cpu_count() or 1)).run()


if __name__ == "__main__":
    main()
