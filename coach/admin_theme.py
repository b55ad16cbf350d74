"""The look of the admin console (django-unfold)."""

from typing import Any

UNFOLD: dict[str, Any] = {"SITE_TITLE": "Coachline", "SITE_HEADER": "Coachline"}
