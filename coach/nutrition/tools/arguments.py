"""The arguments that most tools of the diary take, and the name of a call."""

import msgspec

from coach.talk.registries.tools import Said, ToolCallContext


class Words(msgspec.Struct):
    said: Said


class MaybeWords(msgspec.Struct):
    said: Said = ""


def call_key(call: ToolCallContext) -> str:
    """Names this call for the diary's own record of what was done already."""
    return f"{call.session.pk.hex}:{call.call_id}"
