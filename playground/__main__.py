"""`python -m playground`: the working models from the command line."""

import signal

from playground.cli import main

# Whoever reads only the beginning, as `head` does, ends the program: quietly, as all others in a pipe.
if hasattr(signal, "SIGPIPE"):
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)

raise SystemExit(main())
