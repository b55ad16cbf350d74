"""The settings that a server says are in force, compared with those that it was sent.

A server may drop a setting, change it, or keep its own, and confirm the rest. Only what it says
counts: many say little, and some use the names from before the protocol was final.
"""

import re
from collections.abc import Callable
from typing import Any, NamedTuple

import msgspec
import structlog

from coach.voice.realtime.errors import EngineError
from coach.voice.realtime.quirks import ServerQuirks
from coach.voice.realtime.settings import EngineSettings, session_config
from coach.voice.realtime.wire import Json, object_field

log = structlog.get_logger(__name__)

# Audio of another format is noise in the member's ears, and their words are noise to the engine.
UNUSABLE = frozenset({"input_format", "output_format"})

_RATE = 24_000
_ABSENT = object()
_PCM = re.compile(r"(?:audio/)?(?:pcm(?:16|24)?|pcm_s16le)(?:[;_][^0-9]*(?P<rate>\d+))?", re.I)


class AppliedSettings:
    """The settings that were sent on one connection. `turn_detection`: as they say, else off."""

    def __init__(self, quirks: ServerQuirks) -> None:
        self._quirks = quirks
        self.settings = EngineSettings("")
        self.turn_detection = True

    def check(self, answer: Json) -> None:
        """Compare a `session.updated`. Raises EngineError if no talk is possible with it.

        The talk can do without the rest: whoever runs the server reads it once in the log.
        """
        settings = self.settings
        if not self.turn_detection:
            settings = msgspec.structs.replace(settings, turn_detection="none")
        sent = session_config(settings, self._quirks.omitted)
        codes = differences(sent, object_field(answer, "session"))
        for code in codes:
            if code not in self._quirks.differing:
                log.warning("engine_setting_not_in_force", setting=code, host=self._quirks.host)
        self._quirks.differing |= frozenset(codes)
        if not UNUSABLE.isdisjoint(codes):
            raise EngineError("audio of another format", "audio_format_not_served", False)


class _Check(NamedTuple):
    """`paths` of the setting: first as it is sent, then as others write it in an answer.

    `differs` compares the value sent with the value applied, of which neither is absent.
    """

    code: str
    paths: tuple[str, ...]
    differs: Callable[[Any, Any], bool]


def differences(sent: Json, applied: Json) -> tuple[str, ...]:
    """Codes of what of `sent` is not in force in `applied`, both sessions. Never fails."""
    return tuple(check.code for check in _CHECKS if _differs(check, sent, applied))


def _differs(check: _Check, sent: Json, applied: Json) -> bool:
    wanted = _at(sent, check.paths[0])
    if wanted is _ABSENT:
        return False
    found = (_at(applied, path) for path in check.paths)
    answer = next((value for value in found if value is not _ABSENT), _ABSENT)
    return answer is not _ABSENT and check.differs(wanted, answer)


def _at(session: Json, path: str) -> Any:
    value: Any = session
    for name in path.split("."):
        if not isinstance(value, dict) or name not in value:
            return _ABSENT
        value = value[name]
    return value


# --- how a value differs; null says nothing but where the protocol gives it a sense --------------


def _other_audio_format(sent: Any, applied: Any) -> bool:
    fields = applied if isinstance(applied, dict) else {"type": applied}
    kind, rate = fields.get("type"), fields.get("rate")
    if not isinstance(kind, str) or not kind:
        return _is_other_rate(rate)
    name = _PCM.fullmatch(kind.strip())
    return name is None or _is_other_rate(rate) or _is_other_rate(name["rate"])


def _is_other_rate(rate: Any) -> bool:
    return str(rate).isdecimal() and int(rate) != _RATE


def _lacks_tools(sent: Any, applied: Any) -> bool:
    return isinstance(applied, list) and not _names(sent) <= _names(applied)


def _names(tools: list[Any]) -> set[str]:
    found = set()
    for tool in tools:
        if isinstance(tool, dict):
            inner = tool.get("function")  # as in Chat Completions
            found.add(str((inner if isinstance(inner, dict) else tool).get("name")))
    return found


def _emptied(sent: Any, applied: Any) -> bool:
    return bool(sent) and isinstance(applied, str) and not applied.strip()


def _off(sent: Any, applied: Any) -> bool:
    return sent is not None and (applied in (None, False) or _is_none(applied))


def _on(sent: Any, applied: Any) -> bool:
    return sent is None and isinstance(applied, dict) and bool(applied) and not _is_none(applied)


def _is_none(applied: Any) -> bool:
    return isinstance(applied, dict) and applied.get("type") == "none"


def _stays_on(sent: Any, applied: Any) -> bool:
    return sent is False and applied is True


def _other_switch(sent: Any, applied: Any) -> bool:
    return isinstance(applied, bool) and applied is not sent


def _other_name(sent: Any, applied: Any) -> bool:
    name = applied.get("id") if isinstance(applied, dict) else applied
    return isinstance(name, str) and bool(name) and name.casefold() != str(sent).casefold()


def _lacks_some(sent: Any, applied: Any) -> bool:
    listed = isinstance(applied, list) and bool(applied)
    return listed and any(value not in applied for value in sent)


_DETECTION = ("audio.input.turn_detection", "turn_detection")
_CHECKS = (
    _Check("input_format", ("audio.input.format", "input_audio_format"), _other_audio_format),
    _Check("output_format", ("audio.output.format", "output_audio_format"), _other_audio_format),
    # Without it nobody reads what the member says, and no screener either.
    _Check("no_transcription", ("audio.input.transcription", "input_audio_transcription"), _off),
    _Check("tools_gone", ("tools",), _lacks_tools),
    _Check("instructions_gone", ("instructions",), _emptied),
    _Check("other_modalities", ("output_modalities", "modalities"), _lacks_some),
    _Check("other_voice", ("audio.output.voice", "voice"), _other_name),
    _Check("turn_detection_off", _DETECTION, _off),
    _Check("turn_detection_on", _DETECTION, _on),
    _Check(
        "answers_itself",
        tuple(f"{path}.create_response" for path in _DETECTION),
        _other_switch,
    ),
    _Check(
        "interrupts_itself",
        tuple(f"{path}.interrupt_response" for path in _DETECTION),
        _stays_on,
    ),
)
