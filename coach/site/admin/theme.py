"""The look of the admin console (django-unfold): the product's colours, mark and font.

Read by the settings, so it imports nothing that needs them. The sidebar is built in
`coach.site.admin.navigation`.
"""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.translation import gettext_lazy as _


def asset(path: str) -> Any:
    """The address of a static file, asked for when the page is made."""

    def address(request: HttpRequest) -> str:
        return static(path)

    return address


UNFOLD: dict[str, Any] = {
    "SITE_TITLE": "Coachline",
    "SITE_HEADER": "Coachline",
    "SITE_SUBHEADER": _("Administration"),
    "SITE_URL": "/",
    "SITE_ICON": asset("icons/favicon.svg"),
    "SITE_FAVICONS": [
        {"rel": "icon", "type": "image/svg+xml", "href": asset("icons/favicon.svg")},
    ],
    "SHOW_HISTORY": True,
    "SHOW_VIEW_ON_SITE": False,
    "SHOW_BACK_BUTTON": True,
    "BORDER_RADIUS": "10px",
    "DASHBOARD_CALLBACK": "coach.site.admin.navigation.overview",
    "STYLES": [asset("css/admin.css")],
    "SCRIPTS": [asset("js/admin.js")],
    "SIDEBAR": {
        "show_search": True,
        "command_search": True,
        "show_all_applications": False,
        "navigation": "coach.site.admin.navigation.navigation",
    },
    # Warm neutrals and the coach's green, in unfold's eleven steps.
    "COLORS": {
        "base": {
            "50": "oklch(0.982 0.006 85)",
            "100": "oklch(0.958 0.008 85)",
            "200": "oklch(0.895 0.011 85)",
            "300": "oklch(0.82 0.012 82)",
            "400": "oklch(0.69 0.011 80)",
            "500": "oklch(0.515 0.013 75)",
            "600": "oklch(0.43 0.014 75)",
            "700": "oklch(0.36 0.012 75)",
            "800": "oklch(0.262 0.009 75)",
            "900": "oklch(0.205 0.008 75)",
            "950": "oklch(0.155 0.007 75)",
        },
        "primary": {
            "50": "oklch(0.975 0.014 160)",
            "100": "oklch(0.95 0.026 160)",
            "200": "oklch(0.9 0.05 160)",
            "300": "oklch(0.83 0.085 160)",
            "400": "oklch(0.76 0.115 160)",
            "500": "oklch(0.62 0.115 160)",
            "600": "oklch(0.5 0.1 160)",
            "700": "oklch(0.43 0.09 160)",
            "800": "oklch(0.37 0.075 160)",
            "900": "oklch(0.31 0.06 160)",
            "950": "oklch(0.22 0.04 160)",
        },
        "font": {
            "subtle-light": "oklch(0.515 0.013 75)",
            "subtle-dark": "oklch(0.69 0.011 80)",
            "default-light": "oklch(0.39 0.014 75)",
            "default-dark": "oklch(0.82 0.01 80)",
            "important-light": "oklch(0.24 0.014 75)",
            "important-dark": "oklch(0.945 0.007 85)",
        },
    },
}
