from allauth.account.signals import password_reset
from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "coach.people"
    label = "people"
    for_members = _("Profile and health")

    def ready(self) -> None:
        open_again = import_string("coach.people.sign_in.open_again")
        password_reset.connect(open_again, dispatch_uid="people.open_again")
