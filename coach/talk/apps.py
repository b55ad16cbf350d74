from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class TalkConfig(AppConfig):
    name = "coach.talk"
    label = "talk"
    for_members = _("Talks")

    def ready(self) -> None:
        # Each feature registers what it brings to a talk in modules of these names: "hooks" has all
        # that is neither a tool nor a card (signals, screeners, reasons to stop or not to stop).
        autodiscover_modules("tools", "cards", "hooks")
