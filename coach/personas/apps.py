from django.apps import AppConfig


class PersonasConfig(AppConfig):
    name = "coach.personas"
    label = "personas"
