"""What people write is taken whole or refused with words, wherever it comes in; it is never cut."""

import ast
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from coach.bounds import whole_text
from coach.errors import Refused
from coach.nutrition.foods import store
from coach.nutrition.foods.files import index_from_files
from coach.talk.actions.turns import MAX_TURN_CHARS
from coach.talk.limits import ANSWER_MAX_CHARS
from coach.talk.notes.limits import NOTE_TEXT_MAX_CHARS
from coach.talk.registries.tools import SAID_MAX_CHARS
from coach.voice import limits as voice_limits
from handoff import limits
from handoff.models import Escalation, IntakePause
from tests.site.test_rules_of_the_house import ROOT, tracked
from tests.support.world import World, signed_in

FETCHED = {"X-Requested-With": "fetch", "Accept": "application/json"}
MEAL = "two eggs for breakfast, "


def guided(world: World) -> None:
    """Asha guides a coach that understands free words: nothing of them is said aloud."""
    world.join("guide")
    session = world.case.session
    session.brief = session.brief | {"scripted": False}
    session.save(update_fields=["brief"])


@dataclass(frozen=True)
class Entry:
    """A place where people write. `counted`: the field of a page that counts along."""

    limit: int
    url: Callable[[World], str]
    field: str
    rest: dict[str, Any]
    counted: tuple[str, str] | None = None  # template, id
    before: Callable[[World], Any] = lambda world: None
    status: int = 400
    by: str = "asha"

    @property
    def by_member(self) -> bool:
        return self.by == "member"


def of_case(name: str) -> Callable[[World], str]:
    return lambda world: reverse(f"handoff:{name}", args=[world.case.pk])


def of_talk(name: str) -> Callable[[World], str]:
    return lambda world: reverse(name, args=[world.session.pk])


ENTRIES = {
    "an expert to the member": Entry(
        limits.TO_MEMBER_MAX_CHARS, of_case("say"), "text", {"client_id": "c-1"},
        ("handoff/desk/_composer.html", "composer-text"), World.join,
    ),
    "an expert to the member of an ended talk": Entry(
        limits.TO_MEMBER_MAX_CHARS, of_case("say"), "text", {"client_id": "c-1", "to": "message"},
        ("handoff/desk/_composer.html", "composer-text"), World.follow_up,
    ),
    "a member into an ended talk": Entry(
        ANSWER_MAX_CHARS, of_talk("talk:answer"), "text", {},
        ("talk/_answer.html", "answer-text"), World.follow_up, by="member",
    ),
    "an expert to the coach": Entry(
        limits.GUIDANCE_MAX_CHARS, of_case("say"), "text", {"client_id": "c-1", "to": "guide"},
        ("handoff/desk/_composer.html", "composer-text"), guided,
    ),
    "the first words after a hand-back": Entry(
        limits.FIRST_WORDS_MAX_CHARS, of_case("hand_back"), "first_words",
        {"outcome": "advised"}, ("handoff/desk/_hand_back.html", "first-words"), World.join,
    ),
    "the note of a hand-back": Entry(
        limits.NOTE_MAX_CHARS, of_case("hand_back"), "note", {"outcome": "advised"},
        ("handoff/desk/_hand_back.html", "note"), World.join,
    ),
    "what came of a call": Entry(
        limits.CALL_NOTE_MAX_CHARS, of_case("call"), "note", {"result": "no_answer"},
        ("handoff/desk/_call.html", "call-note"), World.follow_up,
    ),
    "why an offer is declined": Entry(
        limits.REASON_MAX_CHARS, lambda world: reverse("handoff:decline", args=[world.offer.pk]),
        "reason", {}, before=World.ring,
    ),
    "why a case is given back": Entry(
        limits.REASON_MAX_CHARS, of_case("release"), "reason", {}, before=World.join
    ),
    "why a call is raised": Entry(
        limits.REASON_MAX_CHARS, of_case("wall_tier"), "reason", {"tier": "2", "seen": "3"},
        ("handoff/wall/_tier.html", "tier-reason"), World.escalate, by="chief",
    ),
    "why a call is lowered": Entry(
        limits.REASON_MAX_CHARS, of_case("wall_tier"), "reason", {"tier": "4", "seen": "3"},
        ("handoff/wall/_tier.html", "tier-reason"), World.escalate, by="chief",
    ),
    "why the intake is paused": Entry(
        limits.REASON_MAX_CHARS, lambda world: reverse("handoff:wall_pause"), "reason",
        {"minutes": "15"}, ("handoff/wall/_pause.html", "pause-reason"), by="chief",
    ),
    "why a supervisor looks in": Entry(
        limits.REASON_MAX_CHARS, of_talk("handoff:wall_pull"), "reason", {},
        ("handoff/wall/_pull.html", "pull-reason"), by="chief",
    ),
    "why an expert is away": Entry(
        limits.AWAY_MAX_CHARS, lambda world: reverse("handoff:presence"), "reason",
        {"status": "away"},
    ),
    "what a person should know": Entry(
        limits.ASKED_MAX_CHARS, of_talk("handoff:ask"), "reason", {},
        ("talk/_dialogs.html", "ask-reason"), by="member",
    ),
    "a note": Entry(
        NOTE_TEXT_MAX_CHARS, of_talk("talk:notes"), "text", {"client_id": "note-0001"},
        ("talk/live.html", "say"), status=413, by="member",
    ),
}  # fmt: skip


@pytest.fixture
def world(db, monkeypatch):
    monkeypatch.setattr(store, "load_index", index_from_files)
    # An asynchronous view would close the connection that the whole test stands on.
    monkeypatch.setattr("channels.db.close_old_connections", lambda: None)
    return World()


def send(world: World, entry: Entry, text: str):
    user = world.member if entry.by_member else getattr(world, entry.by).user
    form = {"member": str(world.member.pk)} if entry.status == 413 else {}
    form |= entry.rest | {entry.field: text}
    return signed_in(user).post(entry.url(world), form, headers=FETCHED)


@pytest.mark.parametrize("name", ENTRIES)
def test_one_character_too_many_is_refused_with_words(world, name):
    entry = ENTRIES[name]
    entry.before(world)
    answer = send(world, entry, "x" * (entry.limit + 1))
    assert (answer.status_code, answer.json()["code"]) == (entry.status, "too_long")
    assert answer.json()["message"]
    assert "xxx" not in all_words(world)


@pytest.mark.parametrize("name", [name for name in ENTRIES if name != "a note"])
def test_the_longest_text_is_kept_to_its_last_character(world, name):
    entry = ENTRIES[name]
    entry.before(world)
    text = "x" * (entry.limit - 1) + "y"
    assert send(world, entry, text).status_code == 200
    assert text in all_words(world)


def all_words(world: World) -> str:
    """What stands in the rows that people's words go to."""
    session = world.session
    found = [
        *session.turns.values_list("text", flat=True),
        *session.directives.values_list("text", flat=True),
        *Escalation.objects.values_list("note_for_coach", flat=True),
        *Escalation.objects.values_list("first_words", flat=True),
        *Escalation.objects.values_list("quote", flat=True),
        *Escalation.objects.values_list("reason", flat=True),
        *IntakePause.objects.values_list("reason", flat=True),
        *Escalation.objects.values_list("offers__reason", flat=True),
        *Escalation.objects.values_list("events__note", flat=True),
        type(world.asha).objects.get(pk=world.asha.pk).status_reason,
    ]
    return "\n".join(map(str, found))


@pytest.mark.parametrize("name", [name for name, entry in ENTRIES.items() if entry.counted])
def test_the_page_counts_to_the_same_number(name):
    template, field = ENTRIES[name].counted
    text = (ROOT / "templates" / template).read_text()
    boxes = [box for box in re.findall(r"<textarea[^>]*>", text) if f'id="{field}"' in box]
    limits_told = {int(re.search(r'data-limit="(\d+)"', box)[1]) for box in boxes}
    assert ENTRIES[name].limit in limits_told


def test_a_sentence_for_the_diary_stays_in_its_box(world):
    said = MEAL * 40
    page = signed_in(world.member)
    answer = page.post(reverse("nutrition:log"), {"said": said}, headers=FETCHED).json()
    assert answer["rest"] == said.strip()
    assert "500" in answer["answer"]


def test_the_longest_turn_of_a_talk_reaches_the_diary_whole(world):
    said = (MEAL + "and it was lovely, " * 300)[: SAID_MAX_CHARS - 1] + "!"
    world.call("log_meal", said=said)
    assert {world.meal.said, world.change.said} == {said}


def test_what_may_come_in_fits_what_keeps_it():
    assert voice_limits.TYPED_MAX_CHARS <= SAID_MAX_CHARS < MAX_TURN_CHARS
    heard = voice_limits.NOTE_MAX_MS / 1000 * voice_limits.SPEECH_MAX_CHARS_PER_S
    assert max(heard, NOTE_TEXT_MAX_CHARS, limits.TO_MEMBER_MAX_CHARS) < MAX_TURN_CHARS
    assert limits.ASKED_MAX_CHARS <= limits.QUOTE_MAX_CHARS


@given(st.text(max_size=12), st.integers(0, 10))
def test_a_text_is_whole_or_refused(text, most):
    plain = text.replace("\0", "").strip().replace("\r\n", "\n")
    if len(plain) <= most:
        assert whole_text(text, most) == plain
    else:
        with pytest.raises(Refused, match=f"{len(plain) - most} character") as told:
            whole_text(text, most)
        assert told.value.code == "too_long"


# Cuts of something that is called like words, each for its reason.
CUTS = {
    "quote[:QUOTE_MAX_CHARS]",  # an excerpt for the desk; the turn has it whole
    "flag.quote[:QUOTE_MAX_CHARS]",
    "reason[:WHY_MAX_CHARS]",  # our own sentence, or a model's
    "note[:NOTE_SPOKEN_MAX_CHARS]",  # said aloud; the coach has the whole note
    "text[:MAX_TURN_CHARS]",  # of engines: nobody types or speaks so much, as is tested above
    "turn.text[:80]",  # a label in the console
    "text[:limit]",  # of the reviewed line, as far as it was spoken
    "text[:8000]",  # looked at for card numbers
    "text[:160]",  # a measure of USDA's tables
    "typed[:KNOWN_TEXTS]",  # the first so many texts
    "text[:MOST_CHARACTERS]",  # of entities: what is said in one turn is not longer
    "text[:MAX_CHARS]",  # of the score: what is longer says nothing more
    "text[:MAX_QUOTE]",  # of the score: an excerpt for the desk
    "best.text[:MAX_QUOTE]",
    "words[:MOST_WORDS]",  # of an allergy or a plan: what is beyond is told as not checked
    "said[:READ_CHARS]",  # a scene is played by short turns; the row keeps all of it
    "said[:_READ]",  # a question is read so far; the tool's rows keep it whole
    "words[:at]",  # of a sentence that is disturbed to train the score
    "words[:length]",  # of a food's name
    "words[:1]",  # a capital letter
    "said[:one.start]",  # before what was read of it
}
WORDS = {"text", "said", "note", "reason", "quote", "words", "typed"}


def test_nothing_that_is_called_like_words_is_cut():
    found = set()
    for path in tracked("coach/*.py", "handoff/*.py"):
        if {"engine", "voice", "meals", "foods"} & set(path.parts):  # pieces of what was heard
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            match node:
                case ast.Subscript(value=value, slice=ast.Slice(lower=None, upper=upper)):
                    if named(value) in WORDS and isinstance(upper, BOUNDS):
                        found.add(ast.unparse(node))
    assert found <= CUTS, found - CUTS


BOUNDS = (ast.Name, ast.Attribute, ast.Constant)


def named(node: ast.AST) -> str:
    """What a value is called: `text` for `event.text.strip()`."""
    match node:
        case ast.Call(func=ast.Attribute(value=value, attr="strip")):
            return named(value)
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""
