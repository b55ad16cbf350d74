"""What was said, as messages for an engine that was not there."""

from collections.abc import Sequence

from coach.voice import limits
from coach.voice.engine_commands import AddMessage
from coach.voice.interfaces import HistoryLine


def history_messages(lines: Sequence[HistoryLine]) -> list[AddMessage]:
    """The last turns as messages, within the limits, the newest kept."""
    out: list[AddMessage] = []
    chars = 0
    for number, line in enumerate(reversed(lines[-limits.HISTORY_TURNS :])):
        chars += len(line.text)
        if chars > limits.HISTORY_MAX_CHARS:
            break
        event_id = f"history-{number}"
        match line.speaker:
            case "member":
                out.append(AddMessage(event_id, "", "user", line.text))
            case "coach":
                out.append(AddMessage(event_id, "", "assistant", line.text))
            case "expert":
                text = f'{line.name}, a human expert, said to the member: "{line.text}"'
                out.append(AddMessage(event_id, "", "system", text))
            case _:
                out.append(AddMessage(event_id, "", "system", line.text))
    return out[::-1]
