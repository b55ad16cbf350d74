"""The pictures of docs/desk.md, taken from the running product: `python -m tests.pictures`.

One run takes some minutes: a new site, its demo people, and browsers that talk with it.
"""
