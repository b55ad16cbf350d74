"""The tasks by name, for verbs that ring the bell without knowing who answers it."""

from coach.celery import app

dispatch_now = app.signature("handoff.tasks.dispatch_now")
sweep_now = app.signature("handoff.tasks.sweep_now")
