"""The browser's code handles each message that may come down, and sends only what is read."""

import re
from pathlib import Path

import pytest
from msgspec import inspect

from coach import wire
from tests.support.messages import messages_of, types_of

ROOT = Path(__file__).resolve().parents[2] / "static" / "js"
DOWN = {
    "talk": ("talk/live/messages.js", wire.ToPage),
    "desk": ("desk/messages.js", wire.ToDesk),
    "voice": ("desk/voice/messages.js", wire.ToVoice),
    "interpreter": ("interpreter/messages.js", wire.ToInterpreter),
}
UP = {
    "talk": ("talk", wire.FromPage, {"end"}),  # the page ends a talk by a request of its own
    "desk": ("desk", wire.FromDesk, set()),
    "interpreter": ("interpreter", wire.FromInterpreter, set()),
}
HANDLED = re.compile(r"export const HANDLED = \[(.*?)\]", re.DOTALL)
SENT = re.compile(r"\.(?:send|write)\(\{ *type: \"(\w+)\"([^}]*)\}")


def source_of(path):
    return (ROOT / path).read_text()


def fields_of(message):
    """The names of its fields, those with a default marked by "?"."""
    fields = inspect.type_info(message).fields
    return {field.encode_name + ("" if field.required else "?") for field in fields}


def typedefs(source):
    """The messages that the code documents: type, and names of the fields."""
    plain = re.sub(r"\n \* ?", " ", source)
    for match in re.finditer(r"@typedef \{\{type: \"(\w+)\"", plain):
        depth, end = 1, match.end()
        while depth:
            depth += {"{": 1, "}": -1}.get(plain[end], 0)
            end += 1
        inside = re.sub(r"\{.*\}", "{}", plain[match.end() : end - 1])
        yield match.group(1), set(re.findall(r", *(\w+\??):", inside))


def sends(folder):
    """What the code sends: the type, and the names of the fields where they can be read."""
    for path in sorted((ROOT / folder).rglob("*.js")):
        for kind, rest in SENT.findall(path.read_text()):
            names = re.findall(r", *(\w+|\.\.\.\w+)", rest)
            yield kind, None if any("..." in name for name in names) else set(names)


@pytest.mark.parametrize("page", DOWN)
def test_each_message_down_has_a_handler_and_no_handler_is_dead(page):
    path, union = DOWN[page]
    (listed,) = HANDLED.findall(source_of(path))
    handled = re.findall(r"\"(\w+)\"", listed)
    assert len(handled) == len(set(handled))
    assert set(handled) == types_of(union)


@pytest.mark.parametrize("page", DOWN)
def test_the_code_knows_the_fields_of_each_message(page):
    path, union = DOWN[page]
    documented = list(typedefs(source_of(path)))
    fields = {message.__struct_config__.tag: fields_of(message) for message in messages_of(union)}
    assert sorted(kind for kind, _ in documented) == sorted(fields)
    for kind, names in documented:
        assert names == fields[kind], kind


@pytest.mark.parametrize("page", UP)
def test_what_the_code_sends_is_read(page):
    folder, union, unsent = UP[page]
    messages = {message.__struct_config__.tag: message for message in messages_of(union)}
    sent = list(sends(folder))
    assert {kind for kind, _ in sent} == set(messages) - unsent
    for kind, names in sent:
        if names is not None:
            known = {name.rstrip("?") for name in fields_of(messages[kind])}
            needed = {name for name in fields_of(messages[kind]) if not name.endswith("?")}
            assert needed <= names <= known, (kind, names)


def test_close_codes_of_the_code_are_ours():
    codes = {int(code) for code in re.findall(r"\b(4\d{3})\b", source_of("talk/live/socket.js"))}
    assert codes <= {code.value for code in wire.PageClose}
    assert wire.PageClose.FAILED not in codes  # after it the page comes back
    codes = {int(code) for code in re.findall(r"\b(44\d\d)\b", source_of("desk/socket.js"))}
    assert wire.DeskClose.NOT_ALLOWED in codes
    codes = {int(code) for code in re.findall(r"\b(4\d{3})\b", source_of("desk/voice/socket.js"))}
    assert {wire.VoiceClose.NOT_SPEAKING, wire.VoiceClose.TAKEN} <= codes
    assert not codes & {wire.VoiceClose.FAILED, wire.VoiceClose.SIGNED_OUT}  # it comes back
    source = source_of("interpreter/socket.js")
    codes = {int(code) for code in re.findall(r"\b(4\d{3})\b", source)}
    ends = set(wire.InterpreterClose) - {wire.InterpreterClose.SIGNED_OUT}
    assert codes == {code.value for code in ends - {wire.InterpreterClose.TOO_MANY}}


def test_what_is_looked_for_is_found():
    source = (
        '/**\n * @typedef {{type: "a", of: {b: number}, c?:\n *   string}} A  Words, d: no.\n */'
    )
    assert list(typedefs(source)) == [("a", {"of", "c?"})]
    assert SENT.findall('x.send({ type: "mute", on: a.b || c })') == [("mute", ", on: a.b || c ")]
