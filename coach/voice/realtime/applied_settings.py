"""What a server says is in force, beside what it was asked.

A server may know a setting and drop it, change it, or keep its own, and confirm the rest. Only what
it says counts: many say little, and some in the words from before the protocol was final.
"""

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from coach.voice.realtime.wire import Json

# Sound of another kind is noise in the member's ears, and their words are noise to the engine.
UNUSABLE = frozenset({"input_format", "output_format"})

_RATE = 24_000
_ABSENT = object()
_PCM = re.compile(r"(?:audio/)?(?:pcm(?:16|24)?|pcm_s16le)(?:[;_][^0-9]*(?P<rate>\d+))?", re.I)


class _Check(NamedTuple):
    """`places` where it stands: first as it is asked, then as others write it in an answer.

    `differs` of what was asked and what is told, which neither is absent.
    """

    code: str
    places: tuple[str, ...]
    differs: Callable[[Any, Any], bool]


def differences(asked: Json, told: Json) -> tuple[str, ...]:
    """Codes of what of `asked` is not in force as `told`, both sessions; never fails."""
    return tuple(check.code for check in _CHECKS if _differs(check, asked, told))


def _differs(check: _Check, asked: Json, told: Json) -> bool:
    wanted = _at(asked, check.places[0])
    if wanted is _ABSENT:
        return False
    found = (_at(told, place) for place in check.places)
    answer = next((value for value in found if value is not _ABSENT), _ABSENT)
    return answer is not _ABSENT and check.differs(wanted, answer)


def _at(session: Json, path: str) -> Any:
    place: Any = session
    for name in path.split("."):
        if not isinstance(place, dict) or name not in place:
            return _ABSENT
        place = place[name]
    return place


# --- how a value differs; null says nothing but where the protocol gives it a sense --------------


def _other_sound(asked: Any, told: Any) -> bool:
    kind, rate = (told.get("type"), told.get("rate")) if isinstance(told, dict) else (told, None)
    if not isinstance(kind, str) or not kind:
        return _is_other_rate(rate)
    name = _PCM.fullmatch(kind.strip())
    return name is None or _is_other_rate(rate) or _is_other_rate(name["rate"])


def _is_other_rate(rate: Any) -> bool:
    return str(rate).isdecimal() and int(rate) != _RATE


def _lacks_tools(asked: Any, told: Any) -> bool:
    return isinstance(told, list) and not _names(asked) <= _names(told)


def _names(tools: list[Any]) -> set[str]:
    found = set()
    for tool in tools:
        if isinstance(tool, dict):
            inner = tool.get("function")  # as in Chat Completions
            found.add(str((inner if isinstance(inner, dict) else tool).get("name")))
    return found


def _emptied(asked: Any, told: Any) -> bool:
    return bool(asked) and isinstance(told, str) and not told.strip()


def _off(asked: Any, told: Any) -> bool:
    return asked is not None and (told in (None, False) or _is_none(told))


def _on(asked: Any, told: Any) -> bool:
    return asked is None and isinstance(told, dict) and bool(told) and not _is_none(told)


def _is_none(told: Any) -> bool:
    return isinstance(told, dict) and told.get("type") == "none"


def _does_all_the_same(asked: Any, told: Any) -> bool:
    return asked is False and told is True


def _other_name(asked: Any, told: Any) -> bool:
    name = told.get("id") if isinstance(told, dict) else told
    return isinstance(name, str) and bool(name) and name.casefold() != str(asked).casefold()


def _lacks_some(asked: Any, told: Any) -> bool:
    return isinstance(told, list) and bool(told) and any(value not in told for value in asked)


_DETECTION = ("audio.input.turn_detection", "turn_detection")
_CHECKS = (
    _Check("input_format", ("audio.input.format", "input_audio_format"), _other_sound),
    _Check("output_format", ("audio.output.format", "output_audio_format"), _other_sound),
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
        tuple(f"{place}.create_response" for place in _DETECTION),
        _does_all_the_same,
    ),
    _Check(
        "interrupts_itself",
        tuple(f"{place}.interrupt_response" for place in _DETECTION),
        _does_all_the_same,
    ),
)
