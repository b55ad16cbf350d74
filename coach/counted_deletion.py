"""What a deletion in the console takes with it, counted by kind.

Django names each row, and reads it for that: of a member of three years it reads seconds long. Here
the database counts, and only what stands in the way is named.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.admin import AdminSite
from django.db.models import CASCADE, PROTECT, RESTRICT, ForeignKey, Model, Q, QuerySet
from django.db.models.deletion import get_candidate_relations_to_delete
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext as _

NAMED = 20  # rows of a kind

Rows = QuerySet[Model]


class CountedDeletion:
    """For a page of the console: asks before a deletion what Django asks, and counts what goes."""

    admin_site: AdminSite

    def get_deleted_objects(
        self, objs: Iterable[Model], request: HttpRequest
    ) -> tuple[list[str], dict[str, int], set[str], list[str]]:
        """What was chosen, by name; rows by kind; kinds that may not be deleted; obstacles."""
        chosen = list(objs)
        if not chosen:
            return [], {}, set(), []
        kind = type(chosen[0])
        rows = kind._base_manager.filter(pk__in=[row.pk for row in chosen])
        going, held = _followed(kind, rows)
        counts = {str(model._meta.verbose_name_plural): n for model, (_rows, n) in going.items()}
        denied = {
            str(model._meta.verbose_name)
            for model, (those, _n) in going.items()
            if not _may_delete(self.admin_site, request, model, those)
        }
        return _named(rows), counts, denied, [line for those in held for line in _named(those)]


def _followed(
    kind: type[Model], chosen: Rows
) -> tuple[dict[type[Model], tuple[Rows, int]], list[Rows]]:
    """The rows that go, with their number, by kind; and those that hold back what they point at."""
    ways: defaultdict[type[Model], list[Q]] = defaultdict(list)
    going: dict[type[Model], tuple[Rows, int]] = {}
    holding: list[tuple[ForeignKey[Any, Any], Q]] = []
    for model in _in_order(kind):
        rows = chosen if model is kind else _of_any(model, ways[model])
        if not (number := rows.count()):
            continue
        going[model] = rows, number
        for field in _pointing_at(model):
            target = rows.order_by().values(field.target_field.attname)
            points = Q(**{f"{field.name}__in": target})
            if field.remote_field.on_delete is CASCADE:
                ways[field.model].append(points)
            else:
                holding.append((field, points))
    held = []
    for field, points in holding:
        those = field.model._base_manager.filter(points)
        if field.remote_field.on_delete is RESTRICT and field.model in going:
            those = those.exclude(_any(ways[field.model]))  # what goes as well holds nothing
        if those.exists():
            held.append(those)
    return going, held


def _in_order(kind: type[Model]) -> list[type[Model]]:
    """The kinds that go with `kind`, each behind those that it goes with."""
    seen: set[type[Model]] = set()
    found: list[type[Model]] = []

    def visit(model: type[Model]) -> None:
        seen.add(model)
        for field in _pointing_at(model):
            if field.remote_field.on_delete is CASCADE and field.model not in seen:
                visit(field.model)
        found.append(model)

    visit(kind)
    return found[::-1]


def _pointing_at(model: type[Model]) -> Iterator["ForeignKey[Any, Any]"]:
    """The columns of other tables that say what becomes of their rows when one of `model` goes."""
    relations: Iterable[Any] = get_candidate_relations_to_delete(model._meta)
    for relation in relations:
        if relation.field.remote_field.on_delete in (CASCADE, PROTECT, RESTRICT):
            yield relation.field


def _of_any(model: type[Model], ways: list[Q]) -> Rows:
    return model._base_manager.filter(_any(ways)) if ways else model._base_manager.none()


def _any(ways: list[Q]) -> Q:
    found = Q()
    for way in ways:
        found |= way
    return found


def _may_delete(site: AdminSite, request: HttpRequest, model: type[Model], rows: Rows) -> bool:
    """What has no page of its own goes with what has one."""
    if not site.is_registered(model):
        return True
    page = site.get_model_admin(model)
    return page.has_delete_permission(request) and all(
        page.has_delete_permission(request, row) for row in rows.iterator()
    )


def _named(rows: Rows) -> list[str]:
    name = capfirst(str(rows.model._meta.verbose_name))
    lines = [f"{name}: {row}" for row in rows.order_by("pk")[:NAMED]]
    if more := rows.count() - len(lines):
        lines.append(_("%(name)s: %(number)d more") % {"name": name, "number": more})
    return lines
