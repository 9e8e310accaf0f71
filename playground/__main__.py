"""`python -m playground`: the working models from the command line."""

from playground.cli import main

raise SystemExit(main())
