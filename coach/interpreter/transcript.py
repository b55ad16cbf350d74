"""What was said in a meeting, as a text that somebody keeps."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from coach.interpreter.languages import label
from coach.interpreter.models import Meeting


def transcript(meeting: Meeting) -> str:
    """Each line with its time, who said it, and both languages."""
    begun = timezone.localtime(meeting.started_at)
    head = _("Interpreted conversation, %(day)s") % {"day": date_format(begun, "j F Y, H:i")}
    note = _("Translated by a machine, which can be wrong. Names and numbers may differ.")
    parts = [head, note]
    names = {"a": _("I"), "b": _("The other person")}
    for line in meeting.lines.all():
        at = date_format(timezone.localtime(line.said_at), "H:i:s")
        first = f"[{at}] {names[line.side]}, {label(line.language)}: {line.original}"
        second = f"    {label(line.into)}: {line.translation or _('(not translated)')}"
        parts.append(f"{first}\n{second}")
        if line.check_numbers:
            parts[-1] += "\n    " + _("The numbers differ: please check them.")
    return "\n\n".join(parts) + "\n"
