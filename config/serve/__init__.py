"""The server that `make run` starts: a parent that keeps processes alive, and processes that answer.

Why waitress, with what stands here around it: granian and gunicorn were tried against what a public site needs.
Granian is one and a half times as fast at answers that cost nothing and as fast at runs, but answers an
address with raw bytes, `<` or more than 64 kB with a bare 400 or 414 that no setting changes, and its processes
outlive a parent that is killed. Gunicorn's threads are held by fifty readers who never finish asking. Waitress
reads and writes every connection in one loop, so that a slow reader holds up nobody; what it gets wrong (a body
after HEAD, a connection ended after a 304, words of its own in errors) is a method each in `channel.py`.
"""
