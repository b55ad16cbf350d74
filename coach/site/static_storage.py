"""Static files: one sheet for every page, and hashed names in production."""

import posixpath
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage, Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

LIST = "css/app.css"  # names the sheets in their order, by @import
SHEET = "css/site.css"  # what a page loads: all of them in one
IMPORT = re.compile(r'^@import url\("([^"]+)"\)(?: layer\((\w+)\))?;$', re.MULTILINE)
ADDRESS = re.compile(r'url\("(?!data:|/|#)([^"]+)"\)')


class ModuleStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Hashed names also inside `import` statements, so that a release never mixes two versions."""

    support_js_module_import_aggregation = True


class SheetFinder(BaseFinder):
    """Finds the one sheet, which it puts together whenever it is asked.

    A browser would ask for each `@import` on its own, and only after the sheet before it is there.
    What finds it serves it in debug and collects it for production, so both have the same sheet.
    """

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        if path != SHEET:
            return []
        found = str(collected())
        return [found] if find_all or kwargs.get("all") else found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterable[tuple[str, Storage]]:
        collected()
        yield SHEET, FileSystemStorage(location=_place())


def collected() -> Path:
    """Write the sheet where this instance keeps its files, if it is another than last time."""
    path = _place() / SHEET
    text = put_together(settings.ROOT / "static" / LIST)
    if not path.exists() or path.read_text() != text:
        path.parent.mkdir(parents=True, exist_ok=True)
        half = path.with_suffix(f".{id(text)}")
        half.write_text(text)
        half.replace(path)  # nobody is served half a sheet
    return path


def put_together(listed: Path) -> str:
    """The text of `listed` with each `@import` replaced by the sheet that it names."""

    def content(match: re.Match[str]) -> str:
        name, layer = match.groups()
        text = _from(posixpath.dirname(name), (listed.parent / name).read_text())
        return f"@layer {layer} {{\n{text}}}\n" if layer else text

    return IMPORT.sub(content, listed.read_text())


def _from(folder: str, text: str) -> str:
    """Addresses in a sheet of `folder` as they are seen from the folder above it."""
    if not folder:
        return text
    return ADDRESS.sub(lambda m: f'url("{posixpath.normpath(f"{folder}/{m[1]}")}")', text)


def _place() -> Path:
    place: Path = settings.VAR / "static"
    return place
