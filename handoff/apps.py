from importlib import import_module

from django.apps import AppConfig


class HandoffConfig(AppConfig):
    name = "handoff"
    label = "handoff"

    def ready(self) -> None:
        import_module("handoff.checks")
