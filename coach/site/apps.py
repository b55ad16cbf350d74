"""The site: what belongs to no feature (landing page, component sheet, template tags)."""

from django.apps import AppConfig

from coach import checks as checks  # registers them


class SiteConfig(AppConfig):
    name = "coach.site"
    label = "site"
    verbose_name = "Site"
