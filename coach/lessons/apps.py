from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class LessonsConfig(AppConfig):
    name = "coach.lessons"
    label = "lessons"

    def ready(self) -> None:
        autodiscover_modules("receivers")
