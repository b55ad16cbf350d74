"""The admin console's sidebar, in the order of daily work, and the numbers on its first page."""

from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from coach import clock
from coach.people.models import User
from coach.talk.models import Session
from handoff.models import Escalation, Expert

# Group, then model and Material symbol, in the order shown. What is missing here goes last.
GROUPS: tuple[tuple[Any, dict[str, str]], ...] = (
    (
        _("Coaching"),
        {
            "Persona": "record_voice_over",
            "PersonaVersion": "history",
            "OwnLesson": "theater_comedy",
            "Attempt": "school",
            "Meeting": "translate",
        },
    ),
    (
        _("People"),
        {
            "User": "group",
            "Profile": "badge",
            "HealthFact": "medical_information",
            "Measurement": "monitor_weight",
            "Reminder": "alarm",
            "MemoryItem": "psychology",
            "Expert": "support_agent",
            "Consent": "task_alt",
            "Erasure": "person_remove",
        },
    ),
    (
        _("Safety and handoff"),
        {
            "Escalation": "front_hand",
            "Offer": "notifications",
            "OpeningHours": "schedule",
            "DayOff": "event_busy",
            "DeskZone": "public",
            "OnCall": "phone_in_talk",
            "IntakePause": "pause_circle",
            "ScreeningThresholds": "tune",
            "FlagRecord": "flag",
            "Script": "health_and_safety",
            "CannedReply": "quickreply",
            "CrisisResource": "emergency",
            "AuditRead": "visibility",
            "WebHook": "webhook",
            "Outbox": "outgoing_mail",
        },
    ),
    (
        _("Talks"),
        {
            "Session": "forum",
            "Turn": "chat",
            "ToolCall": "construction",
            "Directive": "campaign",
            "Usage": "payments",
            "MemberBudget": "savings",
        },
    ),
    (
        _("Engines"),
        {"Provider": "dns", "EngineModel": "neurology"},
    ),
    (
        _("Nutrition"),
        {
            "Meal": "restaurant",
            "MealItem": "egg_alt",
            "Food": "nutrition",
            "Portion": "scale",
            "DiaryChange": "history",
        },
    ),
)
OTHER_ICON = "folder"


def navigation(request: HttpRequest) -> list[dict[str, Any]]:
    """Groups of links for unfold; only models that this person may see."""
    models = {
        model["object_name"]: model
        for app in admin.site.get_app_list(request)
        for model in app["models"]
        if model.get("admin_url")
    }
    first = [
        {"title": _("Overview"), "icon": "home", "link": reverse("admin:index")},
        {"title": _("Desk"), "icon": "headset_mic", "link": reverse("handoff:desk")},
    ]
    if Expert.objects.filter(user=request.user.pk or 0, active=True, supervisor=True).exists():
        reports = reverse("handoff:reports")
        first.append({"title": _("Reports"), "icon": "bar_chart", "link": reports})
    groups: list[dict[str, Any]] = [{"items": first}]
    for title, icons in GROUPS:
        items = [item(models.pop(name), icon) for name, icon in icons.items() if name in models]
        if items:
            groups.append({"title": title, "separator": True, "items": items})
    if models:
        rest = [item(model, OTHER_ICON) for model in models.values()]
        groups.append(
            {"title": _("Signing in"), "separator": True, "collapsible": True, "items": rest}
        )
    return groups


def item(model: dict[str, Any], icon: str) -> dict[str, Any]:
    return {"title": model["name"], "icon": icon, "link": model["admin_url"]}


def overview(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Adds `facts` to the first page: how many people talk, wait and work right now."""
    waiting = Escalation.State.QUEUED, Escalation.State.OFFERED
    day_ago = clock.now() - timedelta(days=1)
    context["facts"] = [
        {"label": _("Talking now"), "value": Session.objects.live().count()},
        {
            "label": _("Talks in 24 hours"),
            "value": Session.objects.filter(started_at__gte=day_ago).count(),
        },
        {
            "label": _("Waiting for a person"),
            "value": Escalation.objects.filter(state__in=waiting).count(),
            "person": True,
        },
        {"label": _("Experts"), "value": Expert.objects.filter(active=True).count()},
        {
            "label": _("People with an account"),
            "value": User.objects.filter(is_active=True).count(),
        },
    ]
    return context
