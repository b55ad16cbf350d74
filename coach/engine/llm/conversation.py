"""What was said when: the items of a conversation, as an answer needs them."""

from collections.abc import Sequence

from coach.engine.llm.types import Entry, FunctionCall, FunctionCallOutput, Message

_TOGETHER = 10  # so many messages are answered in one
RECENT_TURNS = 3  # turns of the member after which a change is no longer the last thing done


def is_user(entry: Entry) -> bool:
    return isinstance(entry, Message) and entry.role == "user"


def answered_and_new(entries: Sequence[Entry]) -> tuple[Sequence[Entry], Sequence[Entry]]:
    """What was answered up to now, by words or by a tool's call, and what came since."""
    for place in range(len(entries) - 1, -1, -1):
        entry = entries[place]
        if isinstance(entry, FunctionCall) or (
            isinstance(entry, Message) and entry.role == "assistant"
        ):
            return entries[: place + 1], entries[place + 1 :]
    return [], entries


def since_asked(entries: Sequence[Entry]) -> Sequence[Entry]:
    """What came after the member's last words."""
    for place in range(len(entries) - 1, -1, -1):
        if is_user(entries[place]):
            return entries[place + 1 :]
    return entries


def before_last_words(entries: Sequence[Entry]) -> Sequence[Entry]:
    """What came before the member's last words, also where those are several messages."""
    place = len(entries)
    while place and not is_user(entries[place - 1]):
        place -= 1
    while place and is_user(entries[place - 1]):
        place -= 1
    return entries[:place]


def up_to_last_words(entries: Sequence[Entry]) -> Sequence[Entry]:
    """All but what came after the member's last words."""
    return entries[: len(entries) - len(since_asked(entries))]


def last_words(entries: Sequence[Entry]) -> str | None:
    """What the member said last: also of several messages that nothing was said to in between.

    They come so after a lost line, or where somebody types faster than they are answered.
    """
    said: list[str] = []
    for entry in reversed(entries):
        if isinstance(entry, Message) and entry.role == "user":
            said.append(" ".join(entry.text.split()))
            if len(said) == _TOGETHER:
                break
        elif said:
            break
    if not said:
        return None
    *before, last = [words for words in reversed(said) if words] or [""]
    return " ".join([*(_as_sentence(words) for words in before), last])


def last_said(entries: Sequence[Entry]) -> str:
    """What the coach said last; "" where it has said nothing."""
    said = (e.text for e in reversed(entries) if isinstance(e, Message) and e.role == "assistant")
    return " ".join(next(said, "").split())


def said_since_asked(entries: Sequence[Entry]) -> str:
    """All that the coach said after the member's last words."""
    said = [e for e in since_asked(entries) if isinstance(e, Message) and e.role == "assistant"]
    return " ".join(" ".join(entry.text.split()) for entry in said)


def just_called(entries: Sequence[Entry], most_turns: int = RECENT_TURNS) -> str | None:
    """The tool that was called last, if that was no more than some turns ago."""
    turns = 0
    for entry in reversed(entries):
        if isinstance(entry, FunctionCall):
            return entry.name
        turns += is_user(entry)
        if turns > most_turns:
            break
    return None


def users_words(entries: Sequence[Entry]) -> list[str]:
    """The member's last messages, the newest first."""
    said = [e.text for e in reversed(entries) if isinstance(e, Message) and e.role == "user"]
    return said[:RECENT_TURNS]


def calls_since_asked(entries: Sequence[Entry]) -> bool:
    """Whether the member's last words have led to a call already."""
    return any(isinstance(e, FunctionCall | FunctionCallOutput) for e in since_asked(entries))


def _as_sentence(words: str) -> str:
    return words if words[-1] in ".!?…,;:" else f"{words}."
