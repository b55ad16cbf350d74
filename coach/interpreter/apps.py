from django.apps import AppConfig


class InterpreterConfig(AppConfig):
    name = "coach.interpreter"
    label = "interpreter"
