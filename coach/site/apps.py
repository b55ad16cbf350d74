"""The site: what belongs to no feature (landing page, component sheet, template tags)."""

from django.apps import AppConfig

from coach import checks as checks  # registers them
from coach import null_characters as null_characters  # watches what goes to the database
from coach.site import query_log as query_log  # so does this


class SiteConfig(AppConfig):
    name = "coach.site"
    label = "site"
    verbose_name = "Site"
