from django.apps import AppConfig


class LessonsConfig(AppConfig):
    name = "coach.lessons"
    label = "lessons"
