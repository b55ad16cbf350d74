"""The tool that says whether a food is all right for this member."""

from typing import Any

from django.utils.translation import gettext as _

from coach.nutrition.advice.judge import judge_food
from coach.nutrition.speech.judged import offer, say_judged
from coach.nutrition.tools.arguments import Words
from coach.nutrition.tools.follow_up import question_for_member
from coach.talk.registries.tools import ToolCallContext, ToolResult, tool


@tool(
    "food_for_me",
    "Say whether a food or drink is all right for this member: from their allergies, conditions,"
    " medicines, pregnancy, eating style, their dietitian's plan and reviewed texts. It logs"
    " nothing. Never judge that yourself; say its sentence as it is.",
    examples=[
        "can I eat bananas with diabetes",
        "is peanut butter okay for me",
        "can I have a mango",
        "am I allowed to have nuts",
        "is sushi safe while I'm pregnant",
        "should I avoid grapefruit with my tablets",
        "is there anything in pesto I can't have",
        "can I drink wine with my medication",
        "are eggs bad for my cholesterol",
        "would a croissant fit into my day",
        "may I eat cheese",
        "what about prawns with my allergy",
    ],
    reads_only=True,
)
def food_for_me(call: ToolCallContext, args: Words) -> ToolResult:
    asked = question_for_member(call, args.said)
    judged = judge_food(call.member, asked)
    data: dict[str, Any] = {
        "verdict": str(judged.verdict),
        "food": judged.asked.foods,
        "sources": [str(rule.source) for rule in judged.rules],
    }
    say, question = say_judged(judged, call.member), offer(judged)
    request = _("Please ask a dietitian: %(question)s") % {"question": asked}
    if question and (if_yes := call.offer("talk_to_human", request)):
        say, data["if_yes"] = f"{say} {question}", if_yes
    return ToolResult(say=say, data=data)
