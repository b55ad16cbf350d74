"""Tables for a spreadsheet: CSV in which no cell is a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")  # a cell that begins so is calculated, not shown

Cell = str | int | float | None


def plain(value: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{value}" if value.startswith(FORMULA) else value


def download(name: str, rows: Iterable[Sequence[Cell]]) -> HttpResponse:
    """The rows as a file called `name`; numbers stay numbers, and None is an empty cell."""
    out = io.StringIO()
    lines = ([plain(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    csv.writer(out).writerows(lines)
    response = HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
