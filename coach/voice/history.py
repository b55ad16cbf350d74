"""The history of a talk, as messages for a new engine connection."""

from collections.abc import Sequence

from coach.voice import limits
from coach.voice.engine_commands import AddMessage, history_event_id
from coach.voice.interfaces import HistoryLine


def history_messages(lines: Sequence[HistoryLine]) -> list[AddMessage]:
    """The last turns as messages, oldest first, within the limits; the oldest are dropped.

    Their event ids tell which turn an engine refuses (`item_told_by`).
    """
    messages: list[AddMessage] = []
    chars = 0
    for number, line in enumerate(reversed(lines[-limits.HISTORY_TURNS :])):
        chars += len(line.text)
        if chars > limits.HISTORY_MAX_CHARS:
            break
        event_id = history_event_id(number, line.item_id)
        match line.speaker:
            case "member":
                messages.append(AddMessage(event_id, "", "user", line.text))
            case "coach":
                messages.append(AddMessage(event_id, "", "assistant", line.text))
            case "expert":
                text = f'{line.name}, a human expert, said to the member: "{line.text}"'
                messages.append(AddMessage(event_id, "", "system", text))
            case _:
                messages.append(AddMessage(event_id, "", "system", line.text))
    return messages[::-1]
