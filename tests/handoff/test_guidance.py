"""Guidance reaches the member with every coach: as an instruction, an order or a sentence."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from coach import wire
from coach.errors import Refused
from coach.talk.actions import claim_directives, end_session, run_tool, settle_directive
from coach.talk.brief import thaw
from coach.talk.live.directive_claims import DirectiveClaims
from coach.talk.models import Directive, Floor
from coach.talk.registries.orders import orders_of
from coach.voice.inputs import GuidanceGiven, WordGiven
from handoff import actions, sweeper
from handoff.guidance import orders_in, read_guidance, read_orders_in
from handoff.timeouts import GUIDANCE_LIFE

pytestmark = pytest.mark.django_db
SAID = "Asha, your dietitian, says: half a banana is fine."


@pytest.fixture
def case(session, asha):
    escalation = actions.raise_escalation(session, "ASK", 3, "x")
    actions.claim(escalation, asha)
    return actions.take_floor(escalation, asha, "guide")


@pytest.fixture
def advised(session):
    """A talk whose coach is a language model."""
    session.brief["scripted"] = False
    session.save(update_fields=["brief"])
    return session


def standing(directive):
    directive.refresh_from_db()
    return directive.stand(timezone.now())


def kinds(case):
    return list(case.events.values_list("kind", flat=True))


# --- what a text is -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("no numbers", ["no_calories"]),
        ("No calorie numbers please.", ["no_calories"]),
        ("No calorie numbers for now, please.", ["no_calories"]),
        ("Please, no weight talk.", ["no_weight"]),
        ("don’t mention weight or calories", ["no_calories", "no_weight"]),
        ("No weight talk", ["no_weight"]),
        ("stop talking about her weight", ["no_weight"]),
        ("no targets for now", ["no_targets"]),
        ("no food advice before the appointment", ["no_advice"]),
        ("No banana today", []),
        ("Half a banana is fine", []),
        ("Talk about weight", []),
        ("no calories from sugar are bad", []),
    ],
)
def test_an_order_is_a_sentence_that_says_nothing_else(text, codes):
    assert orders_in(text) == codes


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("half a banana is fine", "half a banana is fine."),
        ("Tell her that half a banana is fine", "half a banana is fine."),
        ('Say: "Drink a glass of water with it."', "Drink a glass of water with it."),
        ("Maya, half a banana is fine", "Maya, half a banana is fine."),
        ("No, only half of it", "No, only half of it."),
        ("Did you take your tablets?", "Did you take your tablets?"),
        ("About 1.5 bananas are fine. No numbers.", "About 1.5 bananas are fine."),
    ],
)
def test_a_sentence_to_the_member_is_theirs(text, words):
    assert (read_guidance(text, "Maya").use, read_guidance(text, "Maya").words) == ("word", words)


@pytest.mark.parametrize(
    "text",
    [
        "Ask about milk.",
        "be gentle",
        "She is pregnant, half is fine",
        "Maya can have a banana",
        "Half is fine. Ask about milk.",
        "The client has a history with food",
        "…",
        "",
    ],
)
def test_what_is_neither_is_refused_whole(text):
    reading = read_guidance(text, "Maya")
    assert (reading.use, reading.words, reading.orders) == ("refused", "", ())
    assert reading.why


def test_orders_are_found_among_other_words():
    assert read_orders_in("Be gentle. No weight talk! Ask about milk.") == ("no_weight",)


# --- a coach that follows rules -------------------------------------------------------------------


def test_an_answer_is_spoken_as_the_experts_own(case, session, asha):
    told = actions.guide(case, asha, "half a banana is fine", "g1")
    assert (told.kind, told.spoken, standing(told)) == ("word", SAID, "waiting")
    claims = DirectiveClaims(session, thaw(session))
    [given] = claims.claim()
    assert isinstance(given, WordGiven)
    assert (given.text, given.ref) == (SAID, told.pk)
    assert 0 < given.life_s <= GUIDANCE_LIFE.total_seconds()
    assert standing(told) == "given"
    settle_directive(told.pk, claims.delivered(told.pk), "item_7")
    settle_directive(told.pk, "used")  # once is enough
    assert standing(told) == "spoken"
    assert kinds(case)[-2:] == ["guided", "guide_spoken"]


@pytest.mark.parametrize("why", ["cut_off", "expired", "floor"])
def test_a_word_that_was_not_said_says_why_and_is_its_experts_again(
    client, case, session, asha, why
):
    client.force_login(asha.user)
    told = actions.guide(case, asha, "half a banana is fine")
    claims = DirectiveClaims(session, thaw(session))
    claims.claim()
    settle_directive(told.pk, claims.delivered(told.pk, void=why))
    assert standing(told) == why
    assert 'data-again="half a banana is fine"' in page(client, case)


def test_what_nobody_could_tell_the_coach_is_given_back_to_the_desk(
    case, session, asha, time, pushes, django_capture_on_commit_callbacks
):
    told = actions.guide(case, asha, "half a banana is fine")
    time.advance(seconds=GUIDANCE_LIFE.total_seconds() + 60)
    pushes.clear()
    with django_capture_on_commit_callbacks(execute=True):
        sweeper.tidy_once()
        sweeper.tidy_once()
    told.refresh_from_db()
    assert told.became == "expired"
    assert kinds(case)[-1] == "guide_expired"
    assert (asha.group, wire.OwnershipChanged(case.pk)) in pushes


def test_a_word_that_waits_when_the_talk_ends_is_not_said(case, session, asha):
    told = actions.guide(case, asha, "half a banana is fine")
    end_session(session)
    told = Directive.objects.get(pk=told.pk)
    assert standing(told) == "ended"


def test_a_member_who_left_hears_it_when_they_are_back_unless_it_is_too_late(case, session, asha):
    told = actions.guide(case, asha, "half a banana is fine")
    brief = thaw(session)
    lost = DirectiveClaims(session, brief)
    lost.claim()
    lost.give_back()
    assert standing(told) == "waiting"
    Directive.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert DirectiveClaims(session, brief).claim() == []
    assert standing(told) == "expired"


def test_an_order_holds_by_construction_and_is_told_to_nobody(case, session, asha):
    told = actions.guide(case, asha, "no weight talk")
    assert orders_of(session.member).codes == {"no_weight"}
    assert standing(told) == "holds"
    assert claim_directives(session) == []
    Directive.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert not orders_of(session.member)
    assert standing(told) == "expired"


def test_what_the_coach_cannot_use_is_refused_at_once_and_written_down(case, session, asha):
    with pytest.raises(Refused, match=r"Say it yourself\.") as refused:
        actions.guide(case, asha, "Ask about milk.", "g1")
    assert refused.value.code == "not_usable"
    told = session.directives.get()
    assert standing(told) == "refused"
    assert kinds(case)[-1] == "guide_refused"
    assert claim_directives(session) == []
    with pytest.raises(Refused, match="Say it yourself"):  # the same text once more is one row
        actions.guide(case, asha, "Ask about milk.", "g1")
    assert session.directives.count() == 1


def test_a_sentence_that_screening_would_stop_is_refused(case, asha):
    with pytest.raises(Refused, match="would be stopped"):
        actions.guide(case, asha, "You should stop taking your insulin.")


def test_who_does_not_own_the_case_guides_nobody(case, make_expert, session):
    with pytest.raises(actions.AlreadyTaken):
        actions.guide(case, make_expert("Bea"), "half a banana is fine")
    assert not session.directives.exists()


# --- a coach that is a language model -------------------------------------------------------------


def test_a_language_model_is_given_it_and_used_is_what_was_in_an_answer(case, advised, asha):
    told = actions.guide(case, asha, "Ask about milk. No weight talk.")
    assert orders_of(advised.member).codes == {"no_weight"}
    claims = DirectiveClaims(advised, thaw(advised))
    [given] = claims.claim()
    assert isinstance(given, GuidanceGiven)
    assert 0 < given.life_s <= 300
    settle_directive(told.pk, claims.delivered(told.pk), "item_7")
    assert kinds(case)[-1] == "guide_used"
    told.refresh_from_db()
    assert (told.became, told.item_id) == ("used", "item_7")


def test_the_tools_keep_an_order_whichever_coach_calls_them(case, advised, asha, monkeypatch):
    actions.guide(case, asha, "no numbers")
    monkeypatch.setattr("handoff.tools._say", lambda _case: "It has 400 kcal. Asha comes.")
    output = run_tool(advised.pk, "c1", "talk_to_human", json.dumps({"said": "a person"}))
    assert json.loads(output)["say"] == "Asha comes."


# --- the desk -------------------------------------------------------------------------------------


@pytest.fixture
def desk(client, asha, case):
    client.force_login(asha.user)

    def post(name, **data):
        return client.post(reverse(f"handoff:{name}", args=[case.pk]), data)

    return post


def page(client, case):
    return client.get(reverse("handoff:case", args=[case.pk])).content.decode()


def test_the_desk_tells_beforehand_and_afterwards(desk, client, case, session):
    foreseen = desk("foresee", text="half a banana is fine").json()
    assert foreseen == {"use": "word", "message": f"The coach says: “{SAID}”"}
    assert not session.directives.exists()
    seen = foreseen["message"]
    desk("say", to="guide", text="half a banana is fine", client_id="g1", foreseen=seen)
    assert "guided__item--waiting" in page(client, case)
    told = session.directives.get()
    settle_directive(told.pk, "spoken", "item_7")
    shown = page(client, case)
    assert "guided__item--spoken" in shown
    assert 'data-line="item_7"' in shown


def test_a_private_remark_is_said_aloud_only_to_who_has_read_that_it_will_be(desk, session):
    for seen in ("", "It goes to the coach, for its next answer."):
        answer = desk(
            "say", to="guide", text="half a banana is fine", client_id="g1", foreseen=seen
        )
        told = {"message": f"The coach says: “{SAID}”", "code": "unforeseen"}
        assert (answer.status_code, told.items() <= answer.json().items()) == (400, True)
    assert not session.directives.exists()


def test_a_refusal_leaves_the_text_with_the_expert(desk, client, case):
    answer = desk("say", to="guide", text="Be gentle", client_id="g1")
    assert (answer.status_code, answer.json()["code"]) == (400, "not_usable")
    assert "guided__item--refused" in page(client, case)


def test_the_composer_does_not_promise_privacy_where_the_words_are_spoken(client, case, desk):
    assert "as yours" in page(client, case)
    assert "does not see it" not in page(client, case)


def test_a_model_is_told_in_private(client, case, desk, advised):
    assert "does not see it" in page(client, case)
    assert "data-foresee=" not in page(client, case)


def test_nothing_is_told_to_a_talk_that_is_over(case, session, asha):
    end_session(session)
    with pytest.raises(Refused):
        actions.guide(case, asha, "half a banana is fine")
    assert session.floor != Floor.EXPERT


@pytest.mark.parametrize(
    "remark",
    [
        "Possible eating disorder.",
        "Suspected anorexia, BMI 15.",
        "They are hiding the vomiting.",
        "Gently probe for purging.",
        "Refer to GP",
        "Say it slower",
        "Tell them to drink water",
    ],
)
def test_a_remark_about_the_member_or_for_the_coach_is_never_their_sentence(remark):
    assert read_guidance(remark, "Maya Lind").use == "refused"
