from django.apps import AppConfig
from django.utils.module_loading import import_module


class HandoffConfig(AppConfig):
    name = "handoff"
    label = "handoff"

    def ready(self) -> None:
        import_module("handoff.receivers")
