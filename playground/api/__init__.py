"""The models as data, under /api/v1/. The rooms:

`api` (the addresses), `miniatures` (the one resource), `schemas` (what is answered), `problems` (every
error, in one shape), `base` (what django-ninja leaves to us), `docs` (the page that explains it all).
"""
