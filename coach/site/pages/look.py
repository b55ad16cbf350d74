"""The sheet of components: one specimen per component, and a form in every state."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

COMPONENTS = (
    "colour",
    "type",
    "button",
    "field",
    "card",
    "chip",
    "banner",
    "toast",
    "dialog",
    "menu",
    "tabs",
    "table",
    "empty",
    "progress",
    "skeleton",
    "avatar",
    "meter",
    "ring",
    "chart",
    "icon",
)
ACCENTS = ("coach", "expert", "member")
NEUTRALS = ("paper", "surface", "surface-2", "surface-3", "line", "ink", "ink-soft", "ink-faint")
ICON_NAMES = (
    "mic mic-off phone phone-off keyboard send image volume-2 square play ear audio-lines headset "
    "user-round users hand message-square life-buoy heart-pulse shield triangle-alert bell "
    "bell-off clock timer book-open graduation-cap languages lightbulb target utensils salad "
    "coffee apple droplet flame scale chart-line undo-2 trash-2 pencil plus check x search eye "
    "reply settings sun moon log-out circle-help sparkles wifi-off loader"
)
ICONS = ICON_NAMES.split()
WEEK = (("Mon", 1780), ("Tue", 2150), ("Wed", 1690), ("Thu", 0), ("Fri", 1940), ("Sat", 2380))


class SpecimenForm(forms.Form):
    name = forms.CharField(label="Name", help_text="As the coach will say it.")
    weight = forms.DecimalField(label="Weight in kg", required=False)
    email = forms.EmailField(label="E-mail")
    goal = forms.ChoiceField(label="Goal", choices=[("keep", "Stay as I am"), ("lose", "Lose")])
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea)
    closed = forms.CharField(label="Set by your dietitian", disabled=True, initial="2 000 kcal")
    manner = forms.ChoiceField(
        label="How do you want to talk?",
        choices=[("open", "Open microphone"), ("push", "Push to talk")],
        widget=forms.RadioSelect,
    )
    agree = forms.BooleanField(label="I know that the coach is an AI and can be wrong.")


def bars() -> list[dict[str, Any]]:
    """The week of the specimen chart: heights for a plot of 0 to 2 600 kcal in 150 units."""
    scale = 150 / 2600
    return [
        {
            "day": day,
            "x": 52 + 72 * i,
            "y": 160 - (kcal or 60) * scale,
            "height": (kcal or 60) * scale,
            "kcal": kcal,
            "middle": 74 + 72 * i,
        }
        for i, (day, kcal) in enumerate(WEEK)
    ]


def specimens() -> dict[str, Any]:
    """Names of the specimens (`look/<name>.html`) and the data they draw."""
    return {
        "components": [(name, f"look/{name}.html") for name in COMPONENTS],
        "form": SpecimenForm(auto_id=False),
        "filled": SpecimenForm({"email": "maya@", "goal": "keep", "manner": "open"}, auto_id=False),
        "bars": bars(),
        "icons": ICONS,
        "accents": ACCENTS,
        "neutrals": NEUTRALS,
        "severities": ("p0", "p1", "p2", "p3", "p4"),
    }


def look(request: HttpRequest) -> HttpResponse:
    """Every component in every state, in both modes. For those who build; not in production."""
    if not settings.DEBUG:
        raise Http404
    context: dict[str, Any] = {"specimens": specimens(), "modes": ("light", "dark")}
    return render(request, "look.html", context)
