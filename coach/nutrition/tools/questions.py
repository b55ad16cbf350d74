"""Tools that only read: what a day holds, and what is in a food."""

from coach.nutrition.answers import answer
from coach.nutrition.speech.lookup import look_up
from coach.nutrition.tools.arguments import MaybeWords, Words
from coach.nutrition.tools.facts import day_facts
from coach.nutrition.tools.follow_up import question_about_diary, question_about_foods
from coach.talk.registries.tools import ToolCallContext, ToolResult, tool


@tool(
    "day_summary",
    "What the member's diary says about a day, a week or any other span: energy and nutrients"
    " eaten, targets, what is left, what they ate at a meal, averages, comparisons, the best and"
    " the worst day, when they last ate something, how many or how often. Use it for every number"
    " and every question about what they ate.",
    examples=[
        "how much protein have I had today",
        "how many calories are left",
        "what did I eat today",
        "what did I have for breakfast",
        "how am I doing",
        "what's my calorie goal",
        "how was yesterday",
        "how many grams of carbs have I had",
        "did I hit my calorie target",
        "how much more protein do I need today",
        "how much sugar have I had",
        "where do I stand",
        "when did I last eat fish",
        "compare this week with last week",
    ],
    reads_only=True,
)
def day_summary(call: ToolCallContext, args: MaybeWords) -> ToolResult:
    found = answer(
        call.member,
        question_about_diary(call, args.said),
        str(call.session.brief.get("language", "en")),
    )
    return ToolResult(say=found.say, data=day_facts(found.day) if found.day else found.facts)


@tool(
    "find_food",
    "Look up what is in a food, or compare two foods. Does not write anything.",
    examples=[
        "how much protein is in an egg",
        "how many calories in a banana",
        "is there more protein in chicken or tofu",
        "what's in a cup of rice",
        "how much sugar does orange juice have",
        "which has fewer calories, pasta or potatoes",
        "nutrition facts of oatmeal",
        "how much fat does butter have",
        "is honey higher in sugar than jam",
        "is there gluten in oats",
    ],
    reads_only=True,
)
def find_food(call: ToolCallContext, args: Words) -> ToolResult:
    found = look_up(question_about_foods(call, args.said))
    return ToolResult(say=found.say, data={"foods": found.foods})
