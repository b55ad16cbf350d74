from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HandoffConfig(AppConfig):
    name = "handoff"
    label = "handoff"
    for_members = _("With our team")

    def ready(self) -> None:
        import_module("handoff.checks")
        import_module("handoff.privacy")
