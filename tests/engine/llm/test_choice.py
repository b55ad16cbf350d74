"""The built-in rules with the coach's real tools: do they take the right one?"""

import pytest

from coach.engine.llm.rule_based import decide
from coach.engine.llm.sounds import correct_by_sound, index_by_sound
from coach.engine.llm.tool_examples import examples_of
from coach.engine.llm.types import Context, Message, Tool, ToolCall
from coach.engine.stt.repair import repair
from coach.talk.registries.tools import definitions
from tests.engine.llm.coach_utterances import GARBLED, PLAIN, cases

# As the nutrition coach is seeded.
NAMES = [
    "log_meal",
    "change_meal",
    "undo",
    "day_summary",
    "find_food",
    "get_profile",
    "talk_to_human",
    "handoff_notes",
]


@pytest.fixture(scope="module")
def tools() -> list[Tool]:
    made = [Tool(one["name"], one["description"], one["parameters"]) for one in definitions(NAMES)]
    assert [tool.name for tool in made] == NAMES
    return made


def chosen(said: str, tools: list[Tool]) -> str:
    piece = decide(Context("You are Sage.", None, [Message("user", said)], tools))
    return piece.name if isinstance(piece, ToolCall) else "None"


@pytest.mark.parametrize(
    ("text", "share"), [(PLAIN, 0.96), (GARBLED, 0.93)], ids=["plain", "garbled"]
)
def test_the_right_tool_is_taken(text: str, share: float, tools: list[Tool]) -> None:
    listed = cases(text)
    wrong = [
        (said, want, got)
        for said, want in listed
        if (got := chosen(repair(said), tools)) not in want.split("|")
    ]
    print(f"tried {len(listed)}, right {len(listed) - len(wrong)}")
    for said, want, got in wrong:
        print(f"  {said!r}: wanted {want}, took {got}")
    assert 1 - len(wrong) / len(listed) >= share


def test_nothing_is_done_that_was_not_asked_for(tools: list[Tool]) -> None:
    """Of what no tool is for, what writes or calls must not be taken at all."""
    nothing = [said for said, want in cases(PLAIN) if want == "None"]
    deeds = {"log_meal", "change_meal", "undo", "talk_to_human"}
    assert [said for said in nothing if chosen(said, tools) in deeds] == []


def test_the_list_is_long_and_no_copy_of_the_examples(tools: list[Tool]) -> None:
    said = [text.lower().rstrip("?.") for text, _ in cases(PLAIN) + cases(GARBLED)]
    assert len(set(said)) == len(said) >= 150
    told = {one.lower() for tool in tools for one in examples_of(tool.description)}
    assert sorted(told & set(said)) == []


def test_words_that_nobody_knows_are_taken_for_what_they_sound_like() -> None:
    sounds = index_by_sound(["tall", "delete", "undo", "toast"])
    known = frozenset({"how", "am", "i", "the", "do", "that", "tall", "delete", "undo", "toast"})
    for heard, said in (
        ("how doll am i", "how tall am i"),
        ("do leet the toast", "delete the toast"),
        ("undue that", "undo that"),
        ("how tall am i", "how tall am i"),
        ("the lamp", "the lamp"),
    ):
        assert " ".join(correct_by_sound(heard.split(), known, sounds)) == said
