"""The one sheet of every page, and the modules that a page is told of."""

import re
from pathlib import Path

from django.contrib.staticfiles import finders
from django.template import Context, Template

from coach.site.static_storage import LIST, SHEET, put_together

ROOT = Path(__file__).resolve().parents[2]
LISTED = re.findall(r'url\("([^"]+)"\)', (ROOT / "static" / LIST).read_text())


def test_one_sheet_holds_all_that_are_listed_in_their_order() -> None:
    sheet = put_together(ROOT / "static" / LIST)
    assert "@import" not in sheet
    at = [sheet.index((ROOT / "static/css" / name).read_text()[:80]) for name in LISTED]
    assert at == sorted(at)
    assert len(at) > 20
    assert sheet.count("{") == sheet.count("}")


def test_addresses_in_a_sheet_are_seen_from_where_it_now_stands(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts/a.css").write_text('a { b: url("../fonts/c.woff2") url("d.svg"); }\n')
    (tmp_path / "list.css").write_text('@import url("parts/a.css") layer(parts);\n')
    sheet = put_together(tmp_path / "list.css")
    assert 'url("fonts/c.woff2") url("parts/d.svg")' in sheet
    assert sheet.startswith("@layer parts {")


def test_the_sheet_is_found_and_collected() -> None:
    found = finders.find(SHEET)
    assert found
    assert Path(found).read_text() == put_together(ROOT / "static" / LIST)
    listed = [path for finder in finders.get_finders() for path, _ in finder.list([])]
    assert listed.count(SHEET) == 1


def test_a_page_is_told_of_every_module_that_its_script_imports() -> None:
    html = Template('{% load modules %}{% module "js/pages/talk.js" %}').render(Context())
    hinted = re.findall(r'<link rel="modulepreload" href="/static/([^"]+)">', html)
    assert len(hinted) == len(set(hinted)) > 40
    assert {"js/talk/session.js", "js/net/http.js", "js/ui/icon.js"} <= set(hinted)
    assert html.endswith('<script type="module" src="/static/js/pages/talk.js"></script>')


def test_what_a_sheet_takes_from_a_property_is_given_in_one() -> None:
    sheets = (ROOT / "static/css").rglob("*.css")
    ours = "".join(path.read_text() for path in sheets if path.name != "admin.css")  # Unfold's
    wanted = set(re.findall(r"var\(\s*(--[\w-]+)\s*\)", ours))
    assert wanted - set(re.findall(r"(--[\w-]+)\s*:", ours)) == set()
