"""However a stream is cut into packets and tokens, the same comes of it."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.engine import limits
from coach.engine.compatible.sentence_stream import SentenceStream
from coach.engine.compatible.sse import Events
from coach.engine.errors import EngineError

ANSWER = (
    "<think>Secret: <b>eggs</b>.\n\nSecret again.</think>\n\n**Well done**, Dr. Ada! You had "
    "1,250.5 kcal, e.g. oats; 3 < 4 and that is fine. <thinking>Secret.</thinking>Shall we go "
    "on?\n\n1. Oats\n2. Milk <tool_call>Secret</tool_call>"
)
SAID = (
    "Well done, Dr. Ada! You had 1,250.5 kcal, e.g. oats; 3 < 4 and that is fine. Shall we go on? "
    "Oats. Milk"
)
STREAM = (
    ': hello\r\n\r\nevent: message\r\ndata:{"a":"ü\u2028"}\r\n\r\ndata: {\ndata: "b": 2}\n\n'
    'error: {"c":3}\n\nid: 4\ndata: {"d":4}\ndata: {"e":5}\ndata: [DONE]'
).encode()


def cuts(size: int) -> st.SearchStrategy[list[int]]:
    return st.lists(st.integers(0, size), max_size=40).map(lambda at: sorted({0, size, *at}))


@given(cuts(len(ANSWER)))
def test_words_are_the_same_however_they_come(at: list[int]) -> None:
    prose = SentenceStream(spoken=True)
    said = []
    for start, end in pairwise(at):
        said += prose.feed(ANSWER[start:end])
    said += prose.end()
    assert " ".join(said).rstrip(".") == SAID
    assert prose.calls == ["Secret"]
    assert all(one.strip() for one in said)


@given(cuts(len(STREAM)))
def test_events_are_the_same_however_they_come(at: list[int]) -> None:
    events = Events()
    found = []
    for start, end in pairwise(at):
        found += events.feed(STREAM[start:end])
    found += events.end()
    assert [(one.name, one.data) for one in found] == [
        ("message", '{"a":"ü\u2028"}'),
        ("", '{\n"b": 2}'),
        ("error", '{"c":3}'),
        ("", '{"d":4}'),
        ("", '{"e":5}'),
        ("", "[DONE]"),
    ]


def test_a_line_without_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "ENDPOINT_LINE_BYTES", 100)
    events = Events()
    assert events.feed(bytes(100)) == []
    with pytest.raises(EngineError, match="too long"):
        events.feed(b"1")


def test_a_thought_without_end_is_not_spoken() -> None:
    prose = SentenceStream(spoken=True)
    assert prose.feed("<think>Secret. ") + prose.feed("Secret. ") + prose.end() == []


def test_what_only_looks_like_a_tag_is_spoken() -> None:
    prose = SentenceStream(spoken=True)
    assert prose.feed("Two is <t") + prose.end() == ["Two is <t"]


@pytest.mark.parametrize("spoken", [True, False])
def test_what_never_comes_to_the_end_of_a_sentence_is_passed_on_all_the_same(spoken: bool) -> None:
    prose = SentenceStream(spoken)
    said = [one for _ in range(1_000) for one in prose.feed("and rice ")]
    assert len(" ".join(said)) > 9_000 - limits.ENDPOINT_UNCUT_CHARS
    assert " ".join(said + prose.end()) == " ".join(["and rice"] * 1_000)
