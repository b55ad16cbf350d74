from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NutritionConfig(AppConfig):
    name = "coach.nutrition"
    label = "nutrition"
    for_members = _("Diary")
    verbose_name = _("Nutrition")
