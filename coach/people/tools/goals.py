"""The coach's tool for a wish about weight: the guard first, then a goal after a yes."""

from typing import Annotated

import msgspec
from django.utils.translation import gettext as _

from coach import clock
from coach.people import actions, phrases
from coach.people.goals import Body, Verdict, Wish, judge, read, way_of
from coach.people.goals.concerns import why_no_goal
from coach.people.goals.guard import change_of, weeks_at_least
from coach.people.models import Profile
from coach.people.tools.health import YES, confirmed_result
from coach.talk.language import language_of
from coach.talk.offers import offered, yes_to
from coach.talk.registries.tools import Said, ToolCallContext, ToolResult, tool

NAME = "set_goal"
DAYS_A_WEEK = 7


class SetGoal(msgspec.Struct):
    said: Said
    confirmed: Annotated[
        bool | None,
        msgspec.Meta(description="Only after you asked «Shall I note …?»: what they answered."),
    ] = None


@tool(
    NAME,
    "Note what the member wants of their weight: lose, gain or keep it, how much and by when. It"
    " refuses what is not safe and offers a dietitian. Use it for every such wish; never agree to a"
    " weight goal without it.",
    examples=[
        "I want to lose 10 kilos in two weeks",
        "I want to lose weight",
        "I'd like to lose five kilos by summer",
        "my goal is to weigh 65 kilos",
        "help me get down to 70 kg",
        "I need to gain some weight",
        "I want to keep my weight",
        "can you help me slim down",
    ],
)
def set_goal(call: ToolCallContext, args: SetGoal) -> ToolResult:
    """Judge the wish; ask to note it, or say why not and offer a dietitian."""
    if args.confirmed is False:
        actions.forget_asked(call.member)
        return ToolResult(say=_("All right. I have not noted it."))
    keys = offered(args.said)
    asked = actions.waiting(call.session, actions.GOALS) if args.confirmed or keys else []
    if asked := [row for row in asked if not keys or row.pk in keys]:
        return _judged(call, asked[-1].said) or confirmed_result(
            actions.confirm(call.session, actions.GOALS, keys)
        )
    words = YES.sub("", args.said)
    if refused := _judged(call, words):
        return refused
    wish, body = _wish(call, words)
    if not wish.way and wish.target_kg is None:
        return ToolResult(say=_("Do you want to lose, gain or keep your weight?"))
    return _asked(call, wish, body, words)


def _wish(call: ToolCallContext, words: str) -> tuple[Wish, Body]:
    wish = read(words, call.member.local(clock.now()).date(), language_of(call.member))
    return wish, actions.body_of(Profile.of(call.member))


def _judged(call: ToolCallContext, words: str) -> ToolResult | None:
    """Why a wish in `words` is not served now; None: it may be."""
    wish, body = _wish(call, words)
    if why := why_no_goal(call.member):
        return _to_dietitian(call, why)
    verdict = judge(wish, body)
    if verdict == Verdict.UNKNOWN:
        say = _("For that I must know your weight and your height. Can you tell me both?")
        return ToolResult(say=say, data={"noted": []})
    if verdict == Verdict.UNDATED:
        say = _(
            "Until when is that? Please tell me your goal again with a date, or with a number of"
            " weeks."
        )
        return ToolResult(say=say, data={"noted": []})
    return None if verdict == Verdict.FINE else _to_dietitian(call, refusal(verdict))


def refusal(verdict: Verdict) -> str:
    """Reviewed words: why a coach does not help with it. No number of the wish is repeated."""
    return {
        Verdict.TOO_FAST: _(
            "I can't help with losing or gaining that fast, because it is not safe: about one"
            " percent of your body weight a week is the most."
        ),
        Verdict.TOO_LOW: _(
            "I can't help with that weight, because it would be below a healthy one."
        ),
        Verdict.TOO_MUCH: _("That is a big change, and it is safer to plan it with a person."),
        Verdict.GROWING: _(
            "While you are growing, a dietitian should look at weight goals with you."
        ),
        Verdict.PREGNANT: _(
            "During pregnancy and breastfeeding a dietitian should look at weight goals with you."
        ),
    }[verdict]


def _to_dietitian(call: ToolCallContext, why: str) -> ToolResult:
    """Say why, and offer a person where this talk can call one."""
    offer = call.offer("talk_to_human", "I want to talk to a dietitian about my weight")
    if offer is None:
        return ToolResult(say=why, data={"noted": []})
    say = f"{why} " + _("Shall I ask a dietitian to plan it with you?")
    return ToolResult(say=say, data={"noted": [], "if_yes": offer})


def _asked(call: ToolCallContext, wish: Wish, body: Body, words: str) -> ToolResult:
    value = describe(wish, body)
    row = actions.ask_goal(call.session, value, words)
    say = phrases.question([row])
    change = change_of(wish, body)
    if change and wish.days is None:
        weeks = weeks_at_least(change, body)
        say = _("At a safe pace that takes %(weeks)d weeks or more.") % {"weeks": weeks} + " " + say
    return ToolResult(
        say=say,
        data={"asked": [value], "if_yes": call.offer(NAME, yes_to([row.pk]))},
    )


def describe(wish: Wish, body: Body) -> str:
    """The goal as it is noted and shown."""
    way = way_of(wish, body)
    if wish.target_kg is not None:
        goal = _("%(way)s: %(kg)g kg in the end") % {"way": _way(way), "kg": wish.target_kg}
    elif wish.kg is not None:
        goal = _("%(way)s: %(kg)g kg") % {"way": _way(way), "kg": wish.kg}
    else:
        goal = _way(way)
    if wish.each:
        return _("%(goal)s in %(days)d days, again and again") % {"goal": goal, "days": wish.days}
    if wish.days:
        weeks = max(1, round(wish.days / DAYS_A_WEEK))
        goal += _(", in %(weeks)d weeks") % {"weeks": weeks}
    return goal


def _way(way: str) -> str:
    return {"lose": _("lose weight"), "gain": _("gain weight")}.get(way, _("keep your weight"))
