"""What a widely used standard asks of a site, and which test holds it: `python -m tests.asvs` writes SECURITY.md."""
