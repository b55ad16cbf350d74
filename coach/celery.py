"""The Celery app. Messages are nudges: they carry ids, may be lost and may come twice."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coach.settings")

app = Celery("coachline")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
