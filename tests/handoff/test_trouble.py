"""What goes wrong in a talk without danger: annoyance, no understanding, no help."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.engine.llm.texts import FRAMES, OFFERS, REPLIES, SORRY, UNCLEAR
from coach.talk.actions import record_turn
from coach.talk.models import NO_SCENE, Session
from handoff.actions.troubles import limits
from handoff.models import Escalation, ScreeningThresholds
from handoff.trouble import USUAL, Limits, Said, is_sign, trouble_in
from handoff.trouble.annoyed import is_annoyed
from handoff.trouble.coach_lines import apologises, cannot_help, did_not_understand, guesses

UNTIL = USUAL.misunderstood


def talk(*lines, limits=USUAL, role_play=False):
    """The trouble in these lines, in their order; those of the coach begin with a dash."""
    said = [Said("coach" if x[0] == "-" else "member", x.lstrip("- ")) for x in lines]
    return trouble_in(said[::-1], limits, role_play=role_play)


# --- what the coach says --------------------------------------------------------------------------


@pytest.mark.parametrize("text", UNCLEAR.values())
def test_our_own_engine_is_known_not_to_understand(text):
    assert did_not_understand(text)


@pytest.mark.parametrize(
    "text", [*SORRY.values(), *REPLIES["out_of_scope"].values(), *REPLIES["about_people"].values()]
)
def test_our_own_engine_is_known_to_be_no_help(text):
    assert cannot_help(text)


@pytest.mark.parametrize("text", REPLIES["complaint"].values())
def test_our_own_engine_is_known_to_have_heard_a_complaint(text):
    assert apologises(text)


@pytest.mark.parametrize("language", FRAMES)
@pytest.mark.parametrize("kind", ["log", "undo", "reminder"])
def test_a_question_of_our_own_engine_is_a_guess(language, kind):
    opened, either, closed = FRAMES[language]
    one, two = OFFERS[kind][language], OFFERS["correct"][language]
    assert guesses(f"{opened}{one}{closed}".replace("¿lo", "¿Lo"))
    assert guesses(f"{opened}{one}{either}{two}{closed}")


@pytest.mark.parametrize(
    "text",
    [
        "I understand that this is hard.",
        "Do you understand what protein does?",
        "Can you say how it felt?",
        "I did get your photo.",
        "Two eggs: 155 kcal. Shall I add it?",
        "Of course I can help with that.",
        "I am sorry you feel this way.",
    ],
)
def test_help_is_not_taken_for_its_opposite(text):
    assert not is_sign("coach", text)


@given(st.lists(st.booleans(), max_size=8))
def test_only_answers_in_a_row_were_not_understood(clear):
    lines = ["- Well done." if one else "- I did not understand that." for one in clear]
    found = talk(*lines[::-1], limits=Limits(0, UNTIL, 0))
    assert (found == "MIS") == (len(clear) >= UNTIL and not any(clear[:UNTIL]))


# --- what the member says -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "you're not listening",
        "That’s wrong again.",
        "I already told you, no milk",
        "this app is completely useless",
        "no, that's wrong",
        "you keep getting it wrong",
        "I've said oat milk three times now",
        "eso está mal",
        "no me entiendes",
        "otra vez lo pusiste mal",
        "ya te lo he dicho",
        "tu ne me comprends pas",
        "c'est faux",
        "ça fait deux fois que je le répète, c'est pénible",
        "das ist falsch",
        "du verstehst mich nicht",
        "das habe ich dir schon gesagt",
        "틀렸어",
        "내 말을 못 알아듣네",
        "또 엉뚱하게 알아들었잖아",
    ],
)
def test_a_complaint_of_the_coach_is_known(text):
    assert is_annoyed(text)


@pytest.mark.parametrize(
    "text",
    [
        "no, it was two eggs",
        "that's wrong, I had tea with milk and two slices of toast",
        "my scale is useless",
        "I am so frustrated with my weight",
        "my husband never listens",
        "you are not useless at all",
        "how do you say you are stupid in Spanish",
        "what is wrong with eating late",
        "is it wrong to skip breakfast",
        "I already told my doctor",
        "estoy harta de la ensalada",
        "mi marido no me escucha cuando cocino",
        "j'en ai marre de la salade",
        "ich habe genug Wasser getrunken",
        "샐러드만 먹으니 배고파",
    ],
)
def test_other_things_may_be_wrong_too(text):
    assert not is_annoyed(text)


def test_two_complaints_within_a_few_turns_are_too_many():
    once = ("you're not listening", "- Two eggs?", "yes", "- Noted.")
    assert talk(*once) == ""
    assert talk(*once, "that's wrong again") == "FRU"
    assert talk("you're useless", *["ok", "- Noted."] * 6, "wrong again") == ""


def test_what_the_coach_took_for_a_complaint_counts_once():
    sorry = f"- {REPLIES['complaint']['en']}"
    assert talk("hm, nope nope", sorry) == ""
    assert talk("you're not listening", sorry) == ""
    assert talk("hm, nope nope", sorry, "not the rice I described", sorry) == "FRU"


def test_a_right_guess_was_help():
    guess = "- Shall I write that down?"
    assert talk(*["eggs", guess, "yes", "- Written down."] * 3) == ""
    assert talk("the thing", guess, "no", guess, "no", f"- {SORRY['en']}", "hm", guess) == "UNH"


def test_an_annoyed_guest_in_a_role_play_is_part_of_it():
    lines = ("this is ridiculous", f"- {SORRY['en']}", "you're not listening", f"- {SORRY['en']}")
    assert talk(*lines, f"- {SORRY['en']}") == "FRU"
    assert talk(*lines, f"- {SORRY['en']}", role_play=True) == ""


# --- in a talk ------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_coach_that_does_not_understand_asks_a_person_once(session):
    for number in range(UNTIL + 2):
        record_turn(session, "member", f"the thing {number}", item_id=f"m{number}")
        record_turn(session, "coach", UNCLEAR["en"], item_id=f"c{number}")
        assert Escalation.objects.count() == (number + 1 >= UNTIL)
    case = Escalation.objects.get()
    assert (case.code, case.tier, case.quote) == ("MIS", 3, f"the thing {UNTIL - 1}")


@pytest.mark.django_db
def test_an_annoyed_member_gets_a_person_and_the_desk_the_reason(session):
    record_turn(session, "member", "you're not listening", item_id="m1")
    assert not Escalation.objects.exists()
    record_turn(session, "coach", "Two eggs are written down.", item_id="c1")
    record_turn(session, "member", "No! That's wrong again.", item_id="m2")
    record_turn(session, "member", "This app is useless.", item_id="m3")
    case = Escalation.objects.get()
    assert (case.code, case.tier, case.item_id) == ("FRU", 3, "m2")
    assert case.quote == "No! That's wrong again."
    assert "annoyed" in case.reason


@pytest.mark.django_db
def test_a_lesson_calls_nobody_for_an_annoyed_guest(session):
    Session.objects.filter(pk=session.pk).update(kind=Session.Kind.LESSON)
    session.refresh_from_db()
    for number in range(3):
        record_turn(session, "member", "This is ridiculous!", item_id=f"m{number}")
    assert not Escalation.objects.exists()


@pytest.mark.django_db
def test_in_a_lesson_without_a_scene_nobody_plays_a_guest(session):
    session.kind = Session.Kind.LESSON
    session.brief["data"] = {NO_SCENE: True}
    session.save(update_fields=["kind", "brief"])
    for number in range(2):
        record_turn(session, "member", "This is ridiculous!", item_id=f"m{number}")
    assert Escalation.objects.get().code == "FRU"


@pytest.mark.django_db
@pytest.mark.parametrize(("often", "cases"), [(1, 1), (3, 0), (0, 0), (None, 1)])
def test_how_often_is_set_in_the_console(session, often, cases):
    ScreeningThresholds.objects.update_or_create(pk=1, defaults={"annoyed": often})
    record_turn(session, "member", "you're not listening", item_id="m1")
    record_turn(session, "member", "you're not listening", item_id="m2")
    assert Escalation.objects.count() == cases
    assert limits() == USUAL._replace(**({} if often is None else {"annoyed": often}))
