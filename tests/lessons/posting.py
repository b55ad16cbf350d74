"""What a page says, and what a browser would post of a form on it."""

import re
from html.parser import HTMLParser


def text_of(answer) -> str:
    """What a page says, without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


class _Fields(HTMLParser):
    def __init__(self, form_id: str) -> None:
        super().__init__()
        self.form_id = form_id
        self.fields: dict[str, str] = {}
        self.within = False
        self.blanks = 0  # templates, of which nothing is posted
        self.name = self.text = self.kind = ""

    def handle_starttag(self, tag, attrs):
        of = dict(attrs)
        if tag == "form":
            self.within = of.get("id") == self.form_id
        self.blanks += tag == "template"
        if not self.within or self.blanks:
            return
        if tag == "input" and of.get("name"):
            box = of.get("type") == "checkbox"
            if not box or "checked" in of:
                self.fields[of["name"]] = of.get("value") or ("on" if box else "")
        elif tag in ("textarea", "select"):
            self.name, self.text, self.kind = of["name"], "", tag
            self.fields[self.name] = ""
        elif tag == "option" and "selected" in of:
            self.fields[self.name] = of["value"]

    def handle_data(self, data):
        self.text += data

    def handle_endtag(self, tag):
        self.blanks -= tag == "template"
        self.within = self.within and tag != "form"
        if tag == "textarea" and self.within and not self.blanks:
            self.fields[self.name] = self.text.removeprefix("\n")  # HTML drops the first


def fields_of(answer, form_id: str) -> dict[str, str]:
    """The fields of the form with this id, by name, as they would be posted."""
    parser = _Fields(form_id)
    parser.feed(answer.content.decode())
    return parser.fields
