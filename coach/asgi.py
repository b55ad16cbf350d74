"""The ASGI application that a server loads. It sets Django up first: consumers import models."""

import os
import sys

import django
from django.utils.module_loading import import_string

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coach.settings")
django.setup(set_prefix=False)
application = import_string("coach.application.application")
if "daphne.http_protocol" in sys.modules:  # it is daphne that loads this
    import_string("coach.site.daphne_body.limit_bodies")()
    import_string("coach.site.daphne_sockets.write_directly")()
import_string("coach.site.latency.prefer_latency")()
