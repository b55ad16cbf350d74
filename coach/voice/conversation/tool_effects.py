"""Which calls of tools would do again what is done already."""

from collections.abc import Collection

import msgspec

from coach.voice import limits
from coach.voice.engine_events import ToolCalled


class ToolEffect(msgspec.Struct):
    """What one call has done, or does: `output` is None while it runs."""

    tool: str
    call_id: str
    output: str | None = None


class ToolEffects:
    """The effects of the last calls, by the turn that they answer, the tool and its arguments.

    A model that makes a call again has its result already. It means to do it again where it has
    called another tool in between (logged, taken back, logged). A tool that only reads has no
    effect: what it reads may have changed. Nor has a call that failed: it may be made again, unless
    it took too long, for it may still be done.
    `reads_only`: the names of the tools that only read.
    """

    def __init__(self, reads_only: Collection[str]) -> None:
        self._reads_only = frozenset(reads_only)
        self._effects: dict[tuple[int, str, str], ToolEffect] = {}

    def find(self, turn: int, call: ToolCalled) -> ToolEffect | None:
        """What this call would do again; None: it is to run."""
        return self._effects.get((turn, call.name, _arguments(call)))

    def begin(self, turn: int, call: ToolCalled, call_id: str) -> None:
        """This call runs, under our id of it."""
        if call.name in self._reads_only:
            return
        for key, effect in list(self._effects.items()):
            if effect.tool != call.name:  # a list of meals is logged call by call
                del self._effects[key]
        self._effects[turn, call.name, _arguments(call)] = ToolEffect(call.name, call_id)
        if len(self._effects) > limits.TOOL_EFFECTS:
            del self._effects[next(iter(self._effects))]

    def end(self, call_id: str, output: str) -> None:
        """The call has brought this output."""
        for key, effect in list(self._effects.items()):
            if effect.call_id != call_id:
                continue
            if _failed(output):
                del self._effects[key]
            else:
                effect.output = output


def _arguments(call: ToolCalled) -> str:
    """The same for arguments that mean the same."""
    arguments = msgspec.json.decode(call.arguments or "{}")
    return msgspec.json.encode(arguments, order="deterministic").decode()


def _failed(output: str) -> bool:
    """Whether nothing was done; an output that is cut off or is no object does not say so."""
    try:
        result = msgspec.json.decode(output)
    except msgspec.DecodeError:
        return False
    return isinstance(result, dict) and result.get("error", "timeout") != "timeout"
