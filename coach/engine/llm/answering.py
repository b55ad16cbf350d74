"""What the member's last words become: calls, a question back, or a sentence."""

import msgspec

from coach.engine.llm.arguments import fill, fill_in
from coach.engine.llm.by_meaning import ByMeaning
from coach.engine.llm.choices import Act, Ask, Candidate, Choice, Chooser, Talk
from coach.engine.llm.conversation import (
    RECENT_TURNS,
    before_last_words,
    calls_since_asked,
    just_called,
    last_said,
    last_words,
    said_since_asked,
    up_to_last_words,
    users_words,
)
from coach.engine.llm.intents.kinds import PERSON
from coach.engine.llm.language import language_of
from coach.engine.llm.offers import Offer, offered, points_at
from coach.engine.llm.replies import Speaker
from coach.engine.llm.requests import two_requests
from coach.engine.llm.required import required
from coach.engine.llm.smalltalk import kind_of, without_opening
from coach.engine.llm.text import beginning
from coach.engine.llm.tool_examples import ALWAYS
from coach.engine.llm.types import AnswerPiece, Context, Sentence, Tool, ToolCall
from coach.meaning.agreement import agreement


class Answering:
    """One answer to one context. Holds no more than the context and what tells words apart."""

    def __init__(self, context: Context, by_meaning: bool) -> None:
        self._context = context
        self._chooser: Chooser = ByMeaning(context.tools, with_vectors=by_meaning)
        self._by_meaning = by_meaning
        self._words = last_words(context.entries) or ""
        self._read = without_opening(beginning(self._words))
        if beginning(self._words) == self._words:
            self._words = self._read
        self._tools = {tool.name: tool for tool in context.tools}

    def pieces(self) -> list[AnswerPiece]:
        """The answer to the member's last words, which nothing has answered yet."""
        context = self._context
        unasked = last_words(context.entries) is None
        if unasked and context.tool_choice != "required":
            return [self._say("greeting")]
        if context.tool_choice == "none":
            return [self._say(kind_of(self._read) or "out_of_scope")]
        if self._words:
            for tool in context.tools:
                if ALWAYS in tool.description and (call := _call(tool, self._words)):
                    return [call]
        if context.tool_choice == "required":
            return [required(context.tools, self._read, self._words) or self._say(None)]
        return self._after_offer() or self._two() or [self._one()]

    def _one(self) -> AnswerPiece:
        choice = self._choice()
        if isinstance(choice, Act):
            return _call(self._tools[choice.tool], self._words) or self._say("out_of_scope")
        if isinstance(choice, Ask):
            return Sentence(self._speaker().question(choice.options))
        return self._say(choice.kind)

    def _choice(self) -> Choice:
        before = last_words(before_last_words(self._context.entries)) or ""
        further = self._chooser.goes_on(self._read, self._called(turns=0), before)
        if further is not None:
            return Act(further, 1.0)
        return self._chooser.choose(self._read, self._called())

    def _called(self, turns: int = RECENT_TURNS) -> str | None:
        return just_called(before_last_words(self._context.entries), turns)

    def _two(self) -> list[AnswerPiece]:
        """What two requests in one breath become; nothing where there is one, or a doubt."""
        cut = self._read != self._words
        if cut or not (self._context.parallel and self._tools) or self._context.directions:
            return []
        pieces: list[AnswerPiece] = []
        for part, choice in two_requests(self._words, self._chooser, self._called()) or ():
            if isinstance(choice, Act):
                call = _call(self._tools[choice.tool], part)
                if call is None:
                    return []
                pieces.append(call)
            elif isinstance(choice, Talk):
                pieces.append(Sentence(self._speaker().reply(choice.kind, part)[0]))
        return sorted(pieces, key=lambda piece: isinstance(piece, Sentence))

    def _after_offer(self) -> list[AnswerPiece]:
        """What a yes or a no to an offer becomes; nothing where more is said, or none was made."""
        agreed, place = agreement(self._read), points_at(self._read)
        if agreed is None and place is None:
            return []
        offers = self._offers()
        if not offers:
            return []
        chosen = offers[min(place or 0, len(offers) - 1)]
        tool = self._tools.get(chosen.tool)
        if agreed is False or tool is None:
            return [self._say("no")]
        return [ToolCall(tool.name, fill_in(tool.parameters, chosen.said))]

    def _offers(self) -> list[Offer]:
        """What a tool has offered, or what the engine itself has."""
        made = offered(self._context.entries)
        if made is not None:
            return [made]
        before = before_last_words(self._context.entries)
        if last_words(before) is None or calls_since_asked(before):
            return []
        earlier = msgspec.structs.replace(self._context, entries=[*up_to_last_words(before)])
        return Answering(earlier, self._by_meaning).own_offers(said_since_asked(before))

    def own_offers(self, spoken: str) -> list[Offer]:
        """What would be offered to these words, if it is among what was `spoken` to them."""
        if agreement(self._read) is not None:
            return []  # it was an answer itself
        choice = self._choice()
        options: tuple[Candidate, ...] = ()
        said = ""
        if isinstance(choice, Ask):
            options, said = choice.options, self._speaker().question(choice.options)
        elif not isinstance(choice, Act):
            said, calls = self._speaker().reply(choice.kind, self._read)
            caller = self._chooser.caller()
            options = (Candidate(PERSON, caller, 1.0),) if calls else ()
        if said not in spoken:
            return []
        return [Offer(one.tool, self._words) for one in options if one.tool]

    def _say(self, kind: str | None) -> Sentence:
        return Sentence(self._speaker().reply(kind, self._read)[0])

    def _speaker(self) -> Speaker:
        context = self._context
        caller = self._chooser.caller()
        return Speaker(
            context.instructions,
            context.tools,
            self._tools.get(caller or ""),
            language_of([beginning(said) for said in users_words(context.entries)]),
            last_said(context.entries),
        )


def _call(tool: Tool, words: str) -> ToolCall | None:
    arguments = fill(tool.parameters, words)
    return None if arguments is None else ToolCall(tool.name, arguments)
