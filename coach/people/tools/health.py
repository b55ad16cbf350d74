"""The coach's tool for what a member tells of their health."""

import re
from collections.abc import Iterable
from typing import Annotated, Any

import msgspec
from django.utils.translation import gettext as _

from coach.people import actions, phrases
from coach.people.actions.measuring import in_unit
from coach.people.health import Fact, Measured, Reading, Standing, read
from coach.people.models import HealthFact, Measurement, Profile
from coach.people.numbers import may_hear_numbers
from coach.people.tools.profile import answer
from coach.talk.models import Card
from coach.talk.offers import offered, yes_to
from coach.talk.registries.tools import NewCard, Said, ToolCallContext, ToolResult, tool

NAME = "note_health"
YES = re.compile(r"^\s*yes\b[\s,:.!]*(?:and\b\s*)?", re.IGNORECASE)

REF_MAX_CHARS = Card._meta.get_field("ref").max_length or 0


class NoteHealth(msgspec.Struct):
    said: Said
    confirmed: Annotated[
        bool | None,
        msgspec.Meta(
            description="Only after you asked «Shall I note …?»: true if the member said yes,"
            " false if they said no."
        ),
    ] = None


@tool(
    NAME,
    "Note what the member tells of their own health: allergies, intolerances, conditions,"
    " pregnancy, medicines, how they eat, symptoms, and what they measured: weight, height, blood"
    " sugar (also HbA1c), blood pressure, pulse, temperature, body fat, waist and other girths. It"
    " asks before it writes into the profile; call it again with"
    " confirmed when they have answered.",
    examples=[
        "I have diabetes",
        "I'm allergic to sesame",
        "I've got a nut allergy",
        "I'm lactose intolerant",
        "I'm pregnant",
        "I have reflux",
        "I take metformin every morning",
        "I was diagnosed with high blood pressure",
        "I weigh 82 kilos",
        "my weight this morning was 79.4",
        "my blood sugar was 110",
        "my blood pressure was 130 over 85",
        "I feel dizzy",
        "my stomach hurts",
        "I'm vegan",
        "I don't eat pork",
        "I can't have dairy",
        "I no longer take iron tablets",
    ],
)
def note_health(call: ToolCallContext, args: NoteHealth) -> ToolResult:
    """Ask about facts, write measurements and symptoms; with a yes, write what was asked about."""
    if args.confirmed is False:
        dropped = actions.forget_asked(call.member)
        say = _("All right. I have not noted it.") if dropped else _("All right.")
        return ToolResult(say=say, data={"noted": []})
    words = YES.sub("", args.said)
    keys = offered(args.said)
    if (args.confirmed or keys) and (change := actions.confirm(call.session, actions.FACTS, keys)):
        result = confirmed_result(change)
        told_before = {words_of(row.said) for row in change.noted} | {""}
        new = not keys and words != args.said and words_of(words) not in told_before
        return _with(result, _told(call, words)) if new and read(words) else result
    # Without a word of the engine's that it is the answer, a «yes, …» is asked about once more.
    return _told(call, words, more=words != args.said)


def words_of(said: str) -> str:
    return " ".join(re.findall(r"[\w']+", said.casefold()))


def _with(first: ToolResult, then: ToolResult) -> ToolResult:
    """Two results as one; what only one may hold is that of the second."""
    noted = [*first.data.get("noted", ()), *then.data.get("noted", ())]
    return ToolResult(
        say=f"{first.say} {then.say}",
        data={**first.data, **then.data, "noted": noted},
        cards=(*first.cards, *then.cards),
        changed=tuple({*first.changed, *then.changed}),
    )


def confirmed_result(change: actions.Change) -> ToolResult:
    """What a yes has written, for every tool that asks first."""
    say = phrases.noted(change.noted, change.ended)
    if change.person:
        say += " " + _(
            "As this needs special care, I am asking a dietitian to look at it with you."
        )
    return ToolResult(
        say=say,
        data={"noted": [_facts(row) for row in change.noted], "taken_out": list(change.ended)},
        cards=_cards(change.noted),
        changed=("day",),
    )


def _told(call: ToolCallContext, words: str, *, more: bool = False) -> ToolResult:
    """What was told now: measurements and symptoms are written, facts are asked about."""
    reading = read(words)
    if not reading:
        return _nothing(call, reading, words)
    rows, unclear = _measure(call, reading)
    signs = actions.note_signs(call.session, reading.signs, words) if reading.signs else []
    unsure = [fact for fact in reading.facts if fact.standing == Standing.UNSURE]
    sure = [fact for fact in reading.facts if fact.standing != Standing.UNSURE]
    asked, known = actions.ask(call.session, sure, words, more=more)
    say = [phrases.measured(rows, numbers=may_hear_numbers(call.member))] if rows else []
    say += [phrases.signs(signs)] if signs else []
    say += _already(known) + _not_sure(unsure)
    written: list[HealthFact | Measurement] = [*rows, *signs]
    data: dict[str, Any] = {"noted": [_facts(row) for row in written]}
    if asked:
        say.append(phrases.question(asked))
        data["asked"] = [row.value for row in asked]
        data["if_yes"] = call.offer(NAME, yes_to(row.pk for row in asked))
    elif unclear:
        say.append(_which_weight(unclear[0]))
    return ToolResult(
        say=" ".join(say),
        data=data,
        cards=_cards(written),
        changed=("day",) if written else (),
    )


def _measure(call: ToolCallContext, reading: Reading) -> tuple[list[Measurement], list[Measured]]:
    """The rows of what was measured, and what has to be asked about first."""
    profile = Profile.of(call.member)
    whole = [(one, in_unit(profile, one)) for one in reading.measured]
    found = [one for _said, one in whole if one is not None]
    rows = actions.measure(call.member, found, session=call.session) if found else []
    return rows, [said for said, one in whole if one is None]


def _which_weight(said: Measured) -> str:
    if said.sure:
        return _("Is your weight in kilos or in pounds?")
    return _("Was that your own weight? If so, begin with: I weigh, and say it in kilos or pounds.")


def _already(known: list[Fact]) -> list[str]:
    """What needs no yes: it is in the profile, or it never was."""
    held = [fact.value for fact in known if fact.standing == Standing.HOLDS]
    denied = [fact for fact in known if fact.standing == Standing.DENIED]
    say = []
    if held:
        say.append(_("I have that in your profile: %(names)s.") % {"names": phrases.and_list(held)})
    if denied:
        say.append(_("All right. There is nothing of that in your profile."))
    return say


def _not_sure(unsure: list[Fact]) -> list[str]:
    if not unsure:
        return []
    names = phrases.and_list([fact.value for fact in unsure])
    return [
        _(
            "I have not noted %(names)s, as it is not certain yet. A doctor can find that out; tell"
            " me when you know."
        )
        % {"names": names}
    ]


def _nothing(call: ToolCallContext, reading: Reading, words: str) -> ToolResult:
    """Nothing of the member's own was told: a question is answered from the profile."""
    member = call.member
    if reading.question:
        return ToolResult(say=answer(member, Profile.of(member), words), data={"noted": []})
    if reading.other:
        say = _("I keep notes about you alone, so I have not noted that.")
    else:
        say = _(
            "I have not noted anything, as I was not sure what it is. You can say, for example: I"
            " am allergic to sesame."
        )
    return ToolResult(say=say, data={"noted": []})


def _cards(rows: Iterable[HealthFact | Measurement]) -> tuple[NewCard, ...]:
    """Cards that show `rows`: as many as their refs need."""
    refs: list[str] = []
    for row in rows:
        longer = f"{refs[-1]}.{_ref(row)}" if refs else ""
        if refs and len(longer) <= REF_MAX_CHARS:
            refs[-1] = longer
        else:
            refs.append(_ref(row))
    return tuple(NewCard("noted", ref) for ref in refs)


def _ref(row: HealthFact | Measurement) -> str:
    return f"{'f' if isinstance(row, HealthFact) else 'm'}{row.pk}"


def _facts(row: HealthFact | Measurement) -> dict[str, str]:
    value = row.amount if isinstance(row, Measurement) else row.value
    return {"kind": str(row.kind), "value": value}
