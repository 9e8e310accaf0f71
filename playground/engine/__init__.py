"""The engine: a URL becomes inputs and actions, a run becomes a trace.

Standard library only, so that the same files run in a browser's Python. The rooms:
`inputs` (what may be set), `actions` (what may be done), `query` (the URL's grammar),
`clock` (virtual time and processes), `run` (a query becomes steps), `trace` (steps become
patches), `questions`, `challenges`, `limits`, `registry`, `golden`, `rng`.
"""
