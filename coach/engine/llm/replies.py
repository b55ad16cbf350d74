"""The engine's own sentences for a request that no tool answers, in the member's language."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from coach.engine.llm.abilities import abilities
from coach.engine.llm.choices import Candidate
from coach.engine.llm.intents.gates import nobody_wanted
from coach.engine.llm.intents.kinds import PERSON
from coach.engine.llm.language import Language
from coach.engine.llm.smalltalk import name_in
from coach.engine.llm.texts import (
    EXPERTS,
    FRAMES,
    OF_OFFER,
    OFFERS,
    REPLIES,
    SAD,
    SORRY,
    UNCLEAR,
    Texts,
)
from coach.engine.llm.types import Tool

_AGAIN = re.compile(
    r"\b(?:repeat|again|pardon|come again|once more|catch|what did you|did(?:n't| not) (?:get|"
    r"hear)|"
    r"understand|mean|repetir|repite\w*|qué has dicho|répéter|qu'est-ce que tu|wiederhol\w*|"
    r"was hast)\b|"
    r"다시|뭐라고|^(?:sorry|what|pardon)\W*$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Speaker:
    """What the sentences depend on. `caller` is the tool that calls a person, if there is one."""

    instructions: str
    tools: Sequence[Tool]
    caller: Tool | None
    language: Language
    said: str  # the coach's last words

    def reply(self, kind: str | None, words: str) -> tuple[str, bool]:
        """The sentence, and whether it offers to call a person."""
        if kind == "ability":
            return abilities(self.tools), False
        if kind is None:
            return self._text(UNCLEAR), False
        if kind in ("about_people", PERSON) and nobody_wanted(words):
            return self._text(REPLIES["stop"]), False
        if kind == "manner" and self.said and _AGAIN.search(words):
            return self.said, False
        if kind == "no":
            return self._text(REPLIES["stop"]), False
        if kind == "distress":
            return self._with_offer(SAD)
        if kind == "about_people":
            return self._with_offer(REPLIES[kind])
        if kind in REPLIES:
            return self._text(REPLIES[kind]), False
        return self._with_offer(SORRY)

    def question(self, options: Sequence[Candidate]) -> str:
        """`Shall I …?`, or `Shall I …, or …?`"""
        opened, either, closed = FRAMES[self.language]
        offers = [self._text(OFFERS[OF_OFFER.get(one.kind, one.kind)]) for one in options]
        asked = either.join(dict.fromkeys(offers))
        text = f"{opened}{asked}{closed}"
        return text if text[0] != "¿" else f"¿{text[1].upper()}{text[2:]}"

    def _with_offer(self, first: Texts) -> tuple[str, bool]:
        if self.caller is None:
            return self._text(first), False
        offer = self.question([Candidate(PERSON, self.caller.name, 1.0)])
        return f"{self._text(first)} {offer}", True

    def _text(self, texts: Texts) -> str:
        description = self.caller.description.lower() if self.caller else ""
        name = name_in(self.instructions)
        expert = next(one for one in EXPERTS if one in description)
        return texts[self.language].format(
            called=f"{name}, " if name else "",
            expert=EXPERTS[expert][self.language],
        )
