"""What was chosen for a free talk, and the lesson without a scene that it is to all else."""

from functools import cache

from msgspec import Struct

from coach.lessons.files import BLANK_PARTNER
from coach.lessons.scenario import Partner, Scenario

TOPIC_MAX_CHARS = 80
SLUG = "free-talk"
ICON = "messages-square"
MINUTES = 10
OFFLINE = "en"  # the language of our own questions
# How long a coach's turn is, by band of levels, for a language model.
LENGTH = {
    "A": "Say one short sentence and one short question, with the commonest words. No idioms.",
    "B": "Say one or two sentences and one open question, in everyday words.",
    "C": "Say up to three sentences and one open question that asks for reasons or nuance.",
}


class FreeTalk(Struct, frozen=True):
    """`topic`: the slug of one that we have questions about; empty: the learner's own, or any."""

    language: str
    level: str
    topic: str = ""

    @property
    def band(self) -> str:
        return self.level[0]


@cache
def as_scenario(talk: FreeTalk) -> Scenario:
    """A lesson without objectives, phrases and words. Each time the same one."""
    nobody = Partner(**BLANK_PARTNER)
    return Scenario(
        title="Free talk",
        language=talk.language,
        level=talk.level,
        theme="",
        icon=ICON,
        minutes=MINUTES,
        can_do="",
        setting="",
        learner_role="",
        partner=nobody,
        phrases={},
        objectives=(),
        slug=SLUG,
    )


def instructions(talk: FreeTalk, language_name: str, about: str) -> str:
    """For a language model. `about`: the title of a topic of ours, or empty."""
    topic = f"The topic is: {about}." if about else "The member chooses the topic; follow them."
    return (
        f"This is a free talk, with no scene and no role: you are a language tutor and an AI, and "
        f"talk with the member in {language_name}, at CEFR level {talk.level}. {topic}\n"
        f"{LENGTH[talk.band]} Ask one question a turn, about what the member just said; do not "
        "interrogate: react first. Let them talk most of the time. Do not correct them during the "
        "talk; you may say a sentence of theirs again in better words, in passing. If they are "
        f"stuck, offer the beginning of a sentence. Speak {language_name} only, unless they ask "
        "what a word means."
    )
