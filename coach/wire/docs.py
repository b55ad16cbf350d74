"""Writes docs/wire.md from the messages: `make wire`. With `--check` it only compares."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import get_args

import msgspec
from msgspec import inspect

from coach import wire
from coach.wire.audio import HEADER, HEADER_FIELDS, LIVE_HEADER, LIVE_HEADER_FIELDS
from coach.wire.close import CloseCode
from coach.wire.vocabulary import MEANINGS

PATH = Path(__file__).resolve().parents[2] / "docs" / "wire.md"

INTRODUCTION = """# The wire

Every message between a browser and the server, and between the server's processes. This page is
made from the structs in `coach/wire` by `make wire`; `make lint` checks that it is up to date.

A message is a JSON object in a text frame, and `type` tells which. All fields are there unless a
default is given, and a field that is none of these is refused."""

MESSAGES: tuple[tuple[str, str, object], ...] = (
    (
        "Member's page to server",
        "On `/ws/talk/<id>/`. What is none of these is answered by `error`; too many close it.",
        wire.FromPage,
    ),
    ("Server to member's page", "On the same socket.", wire.ToPage),
    (
        "Interpreter's page to server",
        "On `/ws/interpreter/<id>/`. What is none of these is ignored; too much of it closes it.",
        wire.FromInterpreter,
    ),
    ("Server to interpreter's page", "On the same socket.", wire.ToInterpreter),
    (
        "Expert's page to server",
        "On `/ws/desk/`. What is none of these is ignored.",
        wire.FromDesk,
    ),
    ("Server to expert's page", "On the same socket.", wire.ToDesk),
    (
        "Expert's voice to server",
        "On `/ws/desk/voice/<case>/`. What is none of these is ignored.",
        wire.FromVoice,
    ),
    ("Server to expert's voice", "On the same socket.", wire.ToVoice),
    (
        "To the process that has a talk's socket",
        "Over the channel layer, as `event` of a message to the group `session.<id>`. A push may "
        "be lost, so it only says which rows to read; one that a process does not know is logged "
        "and dropped.",
        wire.TalkPush,
    ),
    (
        "To those who read along",
        "Likewise, to the group `session.<id>.watch`; the desk's process adds the case.",
        wire.WatchPush,
    ),
    (
        "To the desk",
        "Likewise, to the group `desk` (all experts) or `expert.<key>` (one of them). The desk's "
        "process passes them on as they are.",
        wire.ExpertPush,
    ),
)
ANSWERS: tuple[tuple[str, type[wire.Answer]], ...] = (
    ("`POST /talk/<id>/notes/`", wire.NoteAnswer),
    ("`GET /talk/<id>/notes/`", wire.ThreadNews),
    ("`POST /talk/<id>/pictures/`", wire.PicturePlaced),
    ("`POST /interpreter/<id>/invite/`", wire.InvitationMade),
    ("any of these, refused", wire.Refusal),
)
CLOSE_CODES: tuple[tuple[str, type[CloseCode]], ...] = (
    ("`/ws/talk/<id>/`", wire.PageClose),
    ("`/ws/interpreter/<id>/`", wire.InterpreterClose),
    ("`/ws/desk/`", wire.DeskClose),
    ("`/ws/desk/voice/<case>/`", wire.VoiceClose),
)


def render() -> str:
    """The whole page."""
    parts = [INTRODUCTION]
    for title, about, union in MESSAGES:
        parts.append(f"## {title}\n\n{about}\n\n{_message_table(get_args(union) or (union,))}")
    parts += [_answers(), _words(), _audio()]
    parts.append(_close_codes())
    return "\n\n".join(parts) + "\n"


def _message_table(messages: Iterable[type[msgspec.Struct]]) -> str:
    rows = ["| type | field | value | meaning |", "|---|---|---|---|"]
    for message in messages:
        rows.append(f"| **`{message.__struct_config__.tag}`** | | | {_sentences(message)} |")
        rows += _field_rows(message, "")
    return "\n".join(rows)


def _field_rows(struct: type[msgspec.Struct], prefix: str) -> Iterator[str]:
    """A row for each field; those of an object within follow it under their path."""
    info = inspect.type_info(struct)
    assert isinstance(info, inspect.StructType)
    for field in info.fields:
        kind, meaning = _split(field.type)
        path = f"{prefix}{field.encode_name}"
        value = _value(kind)
        if not field.required:
            value += f", default `{msgspec.json.encode(field.default).decode()}`"
        if isinstance(kind, inspect.StructType):
            yield f"| | `{path}` | {value} | {_sentences(kind.cls)} |"
            yield from _field_rows(kind.cls, f"{path}.")
        else:
            yield f"| | `{path}` | {value} | {meaning} |"


def _split(kind: inspect.Type) -> tuple[inspect.Type, str]:
    """A type without its description, and the description."""
    if isinstance(kind, inspect.Metadata):
        return kind.type, (kind.extra_json_schema or {}).get("description", "")
    return kind, ""


def _value(kind: inspect.Type) -> str:
    match kind:
        case inspect.Metadata(type=inner):
            return _value(inner)
        case inspect.LiteralType(values=values):
            explained = any(set(values) == set(words) for words in MEANINGS.values())
            return "one of the words below" if explained else " ".join(f"`{v}`" for v in values)
        case inspect.UnionType(types=types):
            return " or ".join(_value(one) for one in types)
        case inspect.StructType():
            return "object"
        case _:
            return WORDS[type(kind)]


WORDS: dict[type[inspect.Type], str] = {
    inspect.IntType: "integer",
    inspect.FloatType: "number",
    inspect.StrType: "text",
    inspect.BoolType: "true or false",
    inspect.NoneType: "null",
}


def _sentences(struct: type[msgspec.Struct]) -> str:
    return " ".join((struct.__doc__ or "").split())


def _answers() -> str:
    rows = ["| request | field | value | meaning |", "|---|---|---|---|"]
    for request, answer in ANSWERS:
        rows.append(f"| **{request}** | | | {_sentences(answer)} |")
        rows += _field_rows(answer, "")
    return "## Answers to requests\n\nJSON, read by the member's page.\n\n" + "\n".join(rows)


def _words() -> str:
    rows = ["| field | word | meaning |", "|---|---|---|"]
    for field, words in MEANINGS.items():
        rows += [f"| `{field}` | `{word}` | {meaning} |" for word, meaning in words.items()]
    return "## Words\n\n" + "\n".join(rows)


def _audio() -> str:
    return (
        "## Sound\n\n"
        "Binary frames on the sockets of a talk, the interpreter and an expert's voice: PCM,\n"
        "signed 16 bit, little endian, one channel, 24,000 samples a second. A frame of a page\n"
        "is samples alone. One to a page begins with a header of "
        f"{HEADER.size} bytes, all numbers little endian:\n\n"
        f"{_header_table(HEADER_FIELDS)}\n\n"
        "While an expert speaks, the two processes pass the frames on over Redis, in a channel of\n"
        "its own for each talk and direction: `sound.<id>.to_member` and `sound.<id>.to_expert`.\n"
        f"There the samples follow a header of {LIVE_HEADER.size} bytes:\n\n"
        f"{_header_table(LIVE_HEADER_FIELDS)}\n\n"
        "Where two people who are interpreted for have a device each, their processes pass on in\n"
        "the same way what the other's page shall get: `interpreter.<id>.to_a` and\n"
        "`interpreter.<id>.to_b`. A frame begins with the letter `s`, and a binary frame to that\n"
        "page follows; or with `w`, and a `words` message follows."
    )


def _header_table(fields: Iterable[tuple[int, str]]) -> str:
    rows = ["| bytes | meaning |", "|---|---|"]
    rows += [f"| {size} | {meaning} |" for size, meaning in fields]
    return "\n".join(rows)


def _close_codes() -> str:
    rows = ["| socket | code | meaning |", "|---|---|---|"]
    for socket, codes in CLOSE_CODES:
        rows += [f"| {socket} | {code.value} | {code.meaning} |" for code in codes]
    return "## Close codes\n\n" + "\n".join(rows)


def main(arguments: list[str]) -> int:
    """The exit code: 1 when `--check` finds that the page is not up to date."""
    if "--check" not in arguments:
        PATH.write_text(render(), encoding="utf-8")
    elif not PATH.exists() or PATH.read_text(encoding="utf-8") != render():
        print("docs/wire.md is not up to date: run `make wire`", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
