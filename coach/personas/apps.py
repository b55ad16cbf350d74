from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PersonasConfig(AppConfig):
    name = "coach.personas"
    label = "personas"
    verbose_name = _("Personas and engines")

    def ready(self) -> None:
        import_module("coach.personas.checks")
