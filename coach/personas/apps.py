from importlib import import_module

from django.apps import AppConfig


class PersonasConfig(AppConfig):
    name = "coach.personas"
    label = "personas"

    def ready(self) -> None:
        import_module("coach.personas.checks")
