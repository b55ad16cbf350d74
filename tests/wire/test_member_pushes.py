"""For each verb: the member's page that got its pushes is the page that is opened anew."""

from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image

from coach import clock
from coach.lessons.actions import check_turn, start_attempt, tick
from coach.lessons.files import get_scenario
from coach.lessons.models import Attempt
from coach.nutrition import actions as diary
from coach.personas.models import Persona
from coach.talk.actions import end_session, move_floor, show_picture
from coach.talk.models import Turn
from handoff import actions as desk
from handoff.actions import striking
from tests.support.verify_verb import Verb, carried, published_by, verify_verb


def a_photo():
    file = BytesIO()
    Image.new("RGB", (8, 8), "red").save(file, "JPEG")
    return file.getvalue()


def begin_lesson(world):
    partner = {"kind": Persona.Kind.LESSON, "name": "Partner", "instructions": "Play."}
    Persona.objects.update_or_create(slug="partner", defaults=partner)
    attempt = start_attempt(world.member, get_scenario("at-the-cafe"))
    world.of_session(attempt.session)
    world.say("coach", "What can I get you?")


def order_a_drink(world):
    return check_turn(world.say("member", "Could I have a coffee, please?"))


def tick_last(world):
    attempt = Attempt.objects.get()
    tick(attempt, attempt.scenario.objectives[2].id, Turn.objects.latest("pk"))


def late(minutes):
    def pass_time(world):
        until = clock.now() - timedelta(minutes=minutes)
        world.case.clocks.update(started_at=until, due_at=until, next_at=until)

    return pass_time


TALK = [
    Verb("the member speaks", lambda w: w.say("member", "Good morning", item_id="m1")),
    Verb(
        "the member types", lambda w: w.say("member", "<b>5 < 6</b>", client_id="t1", source="text")
    ),
    Verb("the coach speaks", lambda w: w.say("coach", "How are you?", item_id="c1")),
    Verb("the coach is cut off", lambda w: w.say("coach", "As I said", interrupted=True)),
    Verb("an expert writes", lambda w: w.say("expert", "Hello", author=w.asha.user)),
    Verb("a notice", lambda w: w.say("system", "Asha has joined.")),
    Verb("a picture", lambda w: show_picture(w.session, "p1", a_photo())),
    Verb("the floor moves", lambda w: move_floor(w.session, "coach_waiting")),
    Verb(
        "the floor goes to an expert",
        lambda w: move_floor(w.session, "expert", holder=w.asha.user, name="Asha (dietitian)"),
        before=lambda w: w.asha,
    ),
]
DIARY = [
    Verb("a meal by voice", lambda w: w.call("log_meal", said="two eggs")),
    Verb("a meal by the form", lambda w: w.eat()),
    Verb(
        "a correction by voice",
        lambda w: w.call("change_meal", said="make that three eggs"),
        before=lambda w: w.call("log_meal", said="two eggs"),
    ),
    Verb(
        "a weight",
        lambda w: diary.edit_item(w.member, w.meal.items.first().pk, 75.0),
        before=lambda w: w.call("log_meal", said="two eggs"),
    ),
    Verb(
        "an item goes",
        lambda w: diary.delete_item(w.member, w.meal.items.first().pk),
        before=lambda w: w.call("log_meal", said="two eggs and a banana"),
    ),
    Verb(
        "a meal goes",
        lambda w: diary.delete_meal(w.member, w.meal.pk),
        before=lambda w: w.call("log_meal", said="two eggs"),
    ),
    Verb(
        "undo",
        lambda w: diary.undo(w.member, w.change.pk),
        before=lambda w: w.call("log_meal", said="two eggs"),
    ),
    Verb(
        "undo by voice",
        lambda w: w.call("undo", said="undo that"),
        before=lambda w: w.call("log_meal", said="two eggs"),
    ),
    Verb(
        "put back",
        lambda w: diary.restore(w.member, w.change.pk),
        before=lambda w: (w.call("log_meal", said="two eggs"), diary.undo(w.member)),
    ),
    Verb("a draft", lambda w: w.propose()),
    Verb(
        "a draft's line",
        lambda w: diary.edit_draft_line(w.member, w.draft.pk, 0, 90.0),
        before=lambda w: w.propose(),
    ),
    Verb(
        "a draft's line goes",
        lambda w: diary.remove_draft_line(w.member, w.draft.pk, 0),
        before=lambda w: w.propose(),
    ),
    Verb(
        "a draft is added",
        lambda w: diary.add_draft(w.member, w.draft.pk),
        before=lambda w: w.propose(),
    ),
    Verb(
        "a draft is discarded",
        lambda w: diary.discard_draft(w.member, w.draft.pk),
        before=lambda w: w.propose(),
    ),
    Verb(
        "a draft is brought back",
        lambda w: diary.keep_draft(w.member, w.draft.pk),
        before=lambda w: (w.propose(), diary.discard_draft(w.member, w.draft.pk)),
    ),
]
LESSON = [
    Verb("an objective is met", order_a_drink, before=begin_lesson),
    Verb(
        "an objective is ticked",
        tick_last,
        before=lambda w: (begin_lesson(w), w.say("member", "A coffee")),
    ),
]
PERSON = [
    Verb("a person is asked for", lambda w: desk.ask_for_person(w.session, "a person please")),
    Verb("a person by voice", lambda w: w.call("talk_to_human", said="a person please")),
    Verb("an emergency", lambda w: w.escalate(0, "SUI-A")),
    Verb("something grave", lambda w: w.escalate(1, "MED-Y")),
    Verb(
        "a call becomes an emergency",
        lambda w: desk.raise_escalation(w.session, "SUI-A", 0, "again"),
        before=lambda w: w.escalate(),
    ),
    Verb("somebody accepts", lambda w: desk.accept(w.offer, w.asha), before=lambda w: w.ring()),
    Verb("somebody takes it", lambda w: desk.claim(w.case, w.asha), before=lambda w: w.escalate()),
    Verb(
        "the expert reads along",
        lambda w: desk.take_floor(w.case, w.asha, "monitor"),
        before=lambda w: w.own(),
    ),
    Verb(
        "the expert guides",
        lambda w: desk.guide(w.case, w.asha, "Iron is fine."),
        before=lambda w: w.own(),
    ),
    Verb(
        "the expert stops the coach",
        lambda w: desk.stop_coach(w.case, w.asha),
        before=lambda w: w.own(),
    ),
    Verb(
        "the expert joins",
        lambda w: desk.take_floor(w.case, w.asha, "text"),
        before=lambda w: w.own(),
    ),
    Verb(
        "the expert says something",
        lambda w: desk.say(w.case, w.asha, "Hello Maya", "e-1"),
        before=lambda w: w.join(),
    ),
    Verb(
        "the expert gives it back",
        lambda w: desk.release(w.case, w.asha, "unwell"),
        before=lambda w: w.join(),
    ),
    Verb(
        "a colleague takes over",
        lambda w: desk.accept(w.offer, w.bea),
        before=lambda w: (w.join(), w.bea, desk.transfer(w.case, w.asha, w.bea)),
    ),
    Verb(
        "the expert hands back",
        lambda w: desk.hand_back(w.case, w.asha, "Iron was discussed.", "advised"),
        before=lambda w: w.join(),
    ),
    Verb("it is asked whether it helped", lambda w: w.have_helped()),
    Verb("it helped", lambda w: desk.rate(w.case, 3, "A lot."), before=lambda w: w.have_helped()),
    Verb(
        "the member does not say whether it helped",
        lambda w: desk.close_question(w.case),
        before=lambda w: w.have_helped(),
    ),
    Verb(
        "what the member said is taken back",
        lambda w: desk.take_back_rating(w.case),
        before=lambda w: (w.have_helped(), desk.rate(w.case, 1)),
    ),
    Verb("the talk is parked", lambda w: desk.park(w.case, w.asha), before=lambda w: w.join()),
    Verb(
        "the member is back",
        lambda w: desk.unpark(w.case),
        before=lambda w: (w.join(), desk.park(w.case, w.asha)),
    ),
    Verb(
        "the member needs nobody",
        lambda w: desk.cancel(w.case, w.member),
        before=lambda w: w.escalate(),
    ),
    Verb(
        "it is less urgent",
        lambda w: desk.lower(w.case, w.asha, 3, "He is fine."),
        before=lambda w: w.own(0),
    ),
    Verb(
        "nobody came in time",
        lambda w: striking.strike(w.case.clocks.get(kind="accept")),
        before=lambda w: (w.escalate(2), late(20)(w)),
        unseen=True,
    ),
]


@pytest.mark.parametrize("verb", [*TALK, *DIARY, *LESSON, *PERSON], ids=str)
def test_what_is_pushed_makes_the_page_a_new_one(
    verb, world, django_capture_on_commit_callbacks, monkeypatch
):
    verify_verb(
        verb,
        world,
        lambda: [world.member_page()],
        django_capture_on_commit_callbacks,
        monkeypatch,
    )


def test_a_talk_that_ends_is_left(world, django_capture_on_commit_callbacks, monkeypatch):
    published = published_by(monkeypatch)
    page = world.member_page()
    with django_capture_on_commit_callbacks(execute=True):
        end_session(world.session)
    for group, push in published:
        if group in page.groups():
            page.hear(carried(push))
    assert page.left
