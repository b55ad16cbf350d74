"""The ASGI application that a server loads. It sets Django up first: consumers import models."""

import os

import django
from django.utils.module_loading import import_string

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coach.settings")
django.setup(set_prefix=False)
application = import_string("coach.application.application")
