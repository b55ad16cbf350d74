"""All that is kept of a member, as one archive: a page to read, and the rows for programs."""

import json
import zipfile
from collections.abc import Iterator
from typing import IO, Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Count, Value
from django.template.loader import render_to_string
from django.utils.text import capfirst

from coach import clock
from coach.privacy.kept import OWNER, Kind, handed_out
from coach.types import Member

# Fields that would let somebody in, or say how the site works inside, wherever they stand.
HIDDEN = {
    "password",
    "digest",
    "token",
    "secret",
    "brief",
    "is_superuser",
    "is_staff",
    "key",
    "reason",
}
SUFFIXES = {"data": "jpg", "wav": "wav"}  # of a field that holds a file
ROWS_AT_ONCE, FILES_AT_ONCE = 500, 5  # that are held in memory
SHOWN_ROWS = 5_000  # of one kind on the page; all are in its file


def write_archive(member: Member, out: IO[bytes]) -> None:
    """Write the archive: `index.html`, `data/<kind>.json`, and `files/`."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        parts = []
        for kind in handed_out():
            rows = list(_rows(kind, member, archive))
            if not rows:
                continue
            archive.writestr(
                f"data/{kind.label}.json",
                json.dumps(rows, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1),
            )
            parts.append(_part(kind, rows))
        page = {"member": member, "parts": parts, "at": clock.now(), "site": settings.SITE_NAME}
        archive.writestr("index.html", render_to_string("privacy/archive.html", page))
        archive.writestr("style.css", render_to_string("privacy/archive.css"))


def counts(member: Member) -> dict[str, int]:
    """How many rows the archive would have, by the part of the product that keeps them.

    `for_members` of an app's configuration is what members call it.
    """
    kinds = {kind.label: kind for kind in handed_out()}
    first, *others = [
        kind.of(member).order_by().values(of_kind=Value(label)).annotate(kept=Count("pk"))
        for label, kind in kinds.items()
    ]
    found: dict[str, int] = {}
    for row in first.union(*others, all=True):  # one question, and not one a kind
        app = kinds[row["of_kind"]].model._meta.app_config
        part = str(getattr(app, "for_members", app.verbose_name))
        found[part] = found.get(part, 0) + row["kept"]
    return {part: number for part, number in found.items() if number}


def _part(kind: Kind, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """One kind as the page shows it: columns that say nothing of any row are left away."""
    shown = rows[:SHOWN_ROWS]
    named = [name for name in rows[0] if name not in OWNER]  # it is the member's: all of it
    columns = [name for name in named if any(row[name] not in ("", None) for row in shown)]
    cells = [[row[name] for name in columns] for row in shown]
    return {
        "title": _title(kind),
        "file": f"data/{kind.label}.json",
        "columns": [name.replace("_", " ") for name in columns],
        "rows": cells,
        "more": len(rows) - len(shown),
    }


def _title(kind: Kind) -> str:
    return capfirst(str(kind.model._meta.verbose_name_plural))


def _rows(kind: Kind, member: Member, archive: zipfile.ZipFile) -> Iterator[dict[str, Any]]:
    fields = [f for f in kind.model._meta.concrete_fields if f.name not in HIDDEN]
    people = [f.name for f in fields if f.is_relation and hasattr(f.related_model, "email")]
    chunk = (
        FILES_AT_ONCE if any(isinstance(f, models.BinaryField) for f in fields) else ROWS_AT_ONCE
    )
    for row in kind.of(member).select_related(*people).iterator(chunk_size=chunk):
        yield {field.name: _value(kind, field, row, archive) for field in fields}


def _value(kind: Kind, field: Any, row: Any, archive: zipfile.ZipFile) -> Any:
    if isinstance(field, models.BinaryField):
        content = getattr(row, field.name)
        if not content:
            return None
        suffix = SUFFIXES.get(field.name, "bin")
        name = f"files/{kind.model._meta.model_name}-{row.pk}.{suffix}"
        archive.writestr(name, bytes(content))
        return name
    if field.is_relation and hasattr(field.related_model, "email"):
        person = getattr(row, field.name)
        return str(person.display_name) if person is not None else None
    return field.value_from_object(row)
