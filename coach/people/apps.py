from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "coach.people"
    label = "people"
