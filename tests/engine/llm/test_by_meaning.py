"""What members mean, with the product's own tools: act, ask first, or only talk."""

import json
import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.engine.llm.by_meaning import tools_by_kind
from coach.engine.llm.intents.data import labelled
from coach.engine.llm.intents.gates import gate
from coach.engine.llm.intents.kinds import KINDS, LOG, TALK
from coach.engine.llm.language import Language, language_of
from coach.engine.llm.matching import tool_texts
from coach.engine.llm.replies import Speaker
from coach.engine.llm.rule_based import RuleBasedLlm, decide, decisions
from coach.engine.llm.types import (
    Context,
    Entry,
    FunctionCall,
    FunctionCallOutput,
    Message,
    Sentence,
    Tool,
    ToolCall,
)
from tests.engine.llm.requests_set import JUST_LOGGED, TOOLS_FOR, judged, product_tools, wanted
from tests.engine.llm.utterances import CLASS, CLASS_TOOLS, TOOLS

# As `python -m tests.engine.llm.requests_set --aside` prints them.
WRONG_ACTION = 0.02
REFUSED = 0.05
RIGHT = 0.8
MEALS = [row.text for row in labelled() if row.kind == LOG and row.language == "en"]


@pytest.fixture(scope="module")
def tools() -> list[Tool]:
    return product_tools()


def asked(*entries: Entry, tools: list[Tool]) -> list[object]:
    return list(decisions(Context("You are Sage.", None, list(entries), tools), by_meaning=True))


def calls(*said: str, tools: list[Tool], before: tuple[Entry, ...] = ()) -> list[str]:
    pieces = asked(*before, *(Message("user", one) for one in said), tools=tools)
    return [piece.name for piece in pieces if isinstance(piece, ToolCall)]


def test_each_kind_is_served_by_its_own_tool_and_no_other(tools: list[Tool]) -> None:
    """An example that reads as advice would make of every question on weight a new goal."""
    served = tools_by_kind(tool_texts(tools))
    names = {tool.name for tool in tools}
    wrong = {kind: name for kind, name in served.items() if name not in TOOLS_FOR.get(kind, ())}
    assert wrong == {}
    assert {kind for kind, own in TOOLS_FOR.items() if names & set(own)} - set(served) == set()


def test_requests_put_aside_come_out_right(tools: list[Tool]) -> None:
    aside = [one for one in wanted() if one.aside]
    counts = Counter(judged(one, tools)[0] for one in aside)
    share = {how: count / len(aside) for how, count in counts.items()}
    print(share)
    assert share.get("wrong action", 0.0) <= WRONG_ACTION
    assert share.get("refused", 0.0) <= REFUSED
    assert share["right"] >= RIGHT


def test_where_no_vector_is_to_be_had_words_do_nothing_wrong(tools: list[Tool]) -> None:
    aside = [one for one in wanted() if one.aside]
    counts = Counter(judged(one, tools, by_meaning=False)[0] for one in aside)
    share = {how: count / len(aside) for how, count in counts.items()}
    print(share)
    assert share.get("wrong action", 0.0) <= 1.5 * WRONG_ACTION
    assert share["right"] >= RIGHT - 0.1


@pytest.mark.parametrize("food", ["a plum", "an apple", "two kiwis", "some soup", "a bagel"])
@pytest.mark.parametrize("form", ["I ate {}", "I had {}", "log {}"])
def test_words_alone_write_down_what_plainly_was_eaten(
    tools: list[Tool], form: str, food: str
) -> None:
    said = form.format(food)
    (piece,) = decisions(Context("", None, [Message("user", said)], tools), by_meaning=False)
    assert piece == ToolCall("log_meal", json.dumps({"said": said}))


def test_no_request_was_trained_on() -> None:
    trained = {_plain(row.text) for row in labelled()}
    assert len(wanted()) >= 400
    assert [one.said for one in wanted() if one.aside and _plain(one.said) in trained] == []


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^\w' ]+", " ", text.lower()).split())


@given(meal=st.sampled_from(MEALS), form=st.sampled_from([
    "remind me that {}", "should I say that {}", "could you suggest what goes with {}",
    "what if {}", "order {} for me", "is it ok that {}", "why is it that {}", "{}?",
]))  # fmt: skip
@settings(max_examples=200, deadline=None)
def test_what_asks_or_commands_is_never_written_down(meal: str, form: str) -> None:
    said = form.format(meal)
    orders = gate(LOG, said) == "open" and re.search(
        r"\b(?:log(?:ging)?|put|write|add|not(?:e|ing)|enter|track|record|jot|mark|save|pop|stick|chuck|lug|lock)\b",
        meal,
    )
    assert gate(LOG, said) != "open" or orders


@pytest.mark.parametrize(
    "said",
    [
        "remind me to eat lunch at twelve", "suggest a lunch", "should I have the pie",
        "can I drink coffee", "I'm going to have pizza tonight", "I was thinking of having a wrap",
        "I didn't have breakfast", "my husband had the steak", "if I ate two eggs",
        "order me a pizza", "I almost had a donut", "calories in two eggs",
    ],
)  # fmt: skip
def test_what_was_not_eaten_is_not_written_down(said: str, tools: list[Tool]) -> None:
    assert "log_meal" not in calls(said, tools=tools)


@pytest.mark.parametrize(
    "said",
    [
        "could you tell me what is in a bagel", "would you recommend a snack",
        "can you speak slower", "are your people any good", "can you speak Spanish",
        "I don't need a dietitian", "my sister is a dietitian", "how long is the wait",
    ],
)  # fmt: skip
def test_politeness_calls_nobody(said: str, tools: list[Tool]) -> None:
    assert "talk_to_human" not in calls(said, tools=tools)


@pytest.mark.parametrize(
    "said",
    [
        "operator", "put me through", "somebody who knows this should look",
        "can I talk to Asha", "get me a person", "I don't want to talk to a robot",
    ],
)  # fmt: skip
def test_who_asks_for_a_person_gets_one(said: str, tools: list[Tool]) -> None:
    assert calls(said, tools=tools) == ["talk_to_human"]


@pytest.mark.parametrize(
    "said",
    [
        "no, four", "decaf", "grams, not ounces", "twice the rice", "swap the beef for tofu",
        "leave out the sugar", "with cheese as well", "no sugar in it",
    ],
)  # fmt: skip
def test_few_words_right_after_a_meal_correct_it(said: str, tools: list[Tool]) -> None:
    assert calls(said, tools=tools, before=JUST_LOGGED) == ["change_meal"]


def test_what_is_unclear_is_asked_and_a_yes_does_it(tools: list[Tool]) -> None:
    said = "I have a coffee and a bun"
    (question,) = asked(Message("user", said), tools=tools)
    assert question == Sentence("Shall I write that down?")
    talk = (Message("user", said), Message("assistant", question.text))
    (call,) = asked(*talk, Message("user", "yes please"), tools=tools)
    assert call == ToolCall("log_meal", json.dumps({"said": said}))
    (left,) = asked(*talk, Message("user", "no"), tools=tools)
    assert left == Sentence("All right.")
    assert calls("undo that", tools=tools, before=talk) == ["undo"]


def test_a_yes_is_no_call_where_the_question_was_another(tools: list[Tool]) -> None:
    talk = (Message("user", "I have a coffee"), Message("assistant", "Nice. Is it hot?"))
    (said,) = asked(*talk, Message("user", "yes"), tools=tools)
    assert isinstance(said, Sentence)


def test_what_it_cannot_do_ends_in_the_offer_of_a_person(tools: list[Tool]) -> None:
    said = "how do I lower my cholesterol"
    (offer,) = asked(Message("user", said), tools=tools)
    assert offer == Sentence("I cannot help with that. Shall I ask a dietitian?")
    talk = (Message("user", said), Message("assistant", offer.text))
    (call,) = asked(*talk, Message("user", "yes"), tools=tools)
    assert isinstance(call, ToolCall)
    assert (call.name, json.loads(call.arguments)["said"]) == ("talk_to_human", said)


@pytest.mark.parametrize("language", ["en", "es", "fr", "de", "ko"])
def test_no_answer_of_its_own_is_longer_than_twelve_words(language: Language) -> None:
    caller = Tool("call", "Ask a human expert (a dietitian or a teacher) to join.", {})
    speaker = Speaker("You are Sage.", [], caller, language, "")
    for kind in (*KINDS, "here", "silence", None):
        if kind != "ability":  # a short list of what the tools can do
            text, _ = speaker.reply(kind, "x")
            assert len(text.replace(" ?", "?").split()) <= 12, text


@pytest.mark.parametrize(
    ("said", "took"),
    [
        ("log a pear and tell me how much protein I have left", ["log_meal", "day_summary"]),
        ("delete the toast. How many calories are in a bagel?", ["change_meal", "find_food"]),
        ("good morning, how many calories are left", ["day_summary"]),
        ("had a pear oh and my weight was seventy one point eight", ["log_meal", "note_health"]),
        ("thanks, and I also had a biscuit", ["log_meal"]),
        ("two eggs and a slice of toast and some butter", ["log_meal"]),
        ("about ten olives and a glass of red", ["log_meal"]),
    ],
)
def test_two_requests_in_one_breath(said: str, took: list[str], tools: list[Tool]) -> None:
    assert calls(said, tools=tools) == took


def test_a_list_of_foods_before_a_question_stays_whole(tools: list[Tool]) -> None:
    told = "I had a bowl of lentil soup and two slices of rye bread"
    pieces = asked(Message("user", f"{told}, and what should I eat tonight?"), tools=tools)
    took = {p.name: json.loads(p.arguments)["said"] for p in pieces if isinstance(p, ToolCall)}
    assert took == {"log_meal": told, "suggest_meal": "what should I eat tonight?"}


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("I had two eggs", "en"), ("he comido dos huevos", "es"), ("j'ai mangé une pomme", "fr"),
        ("ich habe einen Apfel gegessen", "de"), ("사과 먹었어", "ko"), ("risotto", "en"),
    ],
)  # fmt: skip
def test_the_language_is_known_by_its_commonest_words(said: str, language: str) -> None:
    assert language_of([said]) == language


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("muchas gracias", "De nada."),
        ("merci beaucoup", "Avec plaisir."),
        ("wie ist das Wetter", "Dabei kann ich nicht helfen. Frag mich, was ich kann."),
        ("감사합니다", "천만에요."),
    ],
)
def test_it_answers_in_the_members_language(said: str, answer: str, tools: list[Tool]) -> None:
    assert asked(Message("user", said), tools=tools) == [Sentence(answer)]


def test_tools_of_another_field_keep_to_their_words() -> None:
    """A kind is only claimed by a tool whose own examples are of it."""
    wrong = 0
    for said, want in CLASS:
        piece = decide(Context("", None, [Message("user", said)], CLASS_TOOLS), by_meaning=True)
        wrong += (piece.name if isinstance(piece, ToolCall) else None) != want
    assert wrong <= len(CLASS) * 0.2
    assert tools_by_kind(tool_texts(CLASS_TOOLS))["reminder"] == "set_reminder"


def test_every_kind_has_sentences_in_every_language() -> None:
    held = Counter((row.language, row.kind) for row in labelled())
    assert all(held["en", kind] >= 20 for kind in KINDS if kind not in TALK)
    assert all(held[language, kind] for language in ("es", "fr", "de", "ko") for kind in KINDS)


async def test_the_engine_answers_alike_with_and_after_its_start() -> None:
    llm = RuleBasedLlm()
    context = Context("", None, [Message("user", "undo that")], TOOLS)
    before = [piece async for piece in llm.answer(context)]
    await llm.start()
    assert await llm.loaded()
    try:
        assert [piece async for piece in llm.answer(context)] == before
    finally:
        await llm.close()
    assert [piece async for piece in llm.answer(context)] == before


async def test_the_first_answer_waits_for_meaning(tools: list[Tool]) -> None:
    """By words alone «I had a peach» is like «I have diabetes»."""
    context = Context("", None, [Message("user", "I had a peach")], tools)
    llm = RuleBasedLlm()
    await llm.start()
    try:
        assert [piece async for piece in llm.answer(context)] == decisions(context, by_meaning=True)
    finally:
        await llm.close()


async def test_where_meaning_is_late_words_decide(monkeypatch: pytest.MonkeyPatch) -> None:
    llm = RuleBasedLlm()
    await llm.start()
    assert await llm.loaded()
    monkeypatch.setattr("coach.engine.llm.rule_based.MEANING_SECONDS", 0)
    context = Context("", None, [Message("user", "undo that")], TOOLS)
    try:
        assert [piece async for piece in llm.answer(context)] == decisions(context)
    finally:
        await llm.close()


def test_outputs_come_before_all_else(tools: list[Tool]) -> None:
    entries = [
        Message("user", "undo that"),
        FunctionCall("a", "undo", "{}"),
        FunctionCallOutput("a", '{"say": "Undone."}'),
    ]
    assert asked(*entries, tools=tools) == [Sentence("Undone.")]


@pytest.mark.parametrize(
    ("said", "after", "called"),
    [
        ("wots in a snickers bar", False, ["find_food"]),
        ("in twenty minutes, tell me to take the lasagne out", False, ["reminders"]),
        ("in twenty minutes, tell me to take the lasagne out", True, ["reminders"]),
        ("move the weigh in one from monday to friday", True, ["reminders"]),
        ("Mit Bratkartoffeln, nicht mit Pommes", True, ["change_meal"]),
        ("con patatas, no con arroz", True, ["change_meal"]),
        ("the recipe says two eggs", True, []),
        ("when I got home I had a burger", False, ["log_meal"]),
        ("can I log two eggs?", False, ["log_meal"]),
        ("I had two crabs", False, ["log_meal"]),
        ("would you mind noting a peach", False, ["log_meal"]),
        ("and no cream", True, ["change_meal"]),
        ("an orange instead of the eggs", True, ["change_meal"]),
        ("ignore that, I was talking to my son", True, ["undo"]),
        ("don't ever suggest pistachios, I'd stop breathing", False, ["note_health"]),
        ("is my vitamins one still on", False, ["reminders"]),
        ("stop the walk one on Sundays", False, ["reminders"]),
        ("can I have grapefruit with my tablets", False, ["food_for_me"]),
        ("may I take paracetamol before food", False, ["food_for_me"]),
        ("which day had the most calories of all", False, ["day_summary"]),
        ("customer services please, my card was charged twice", False, ["talk_to_human"]),
        ("diagnose the lump on my neck", False, []),
        ("change my insulin dose to eight", False, []),
    ],
)
def test_kinds_that_look_like_another(
    tools: list[Tool], said: str, after: bool, called: list[str]
) -> None:
    assert calls(said, tools=tools, before=JUST_LOGGED if after else ()) == called
