"""The arguments that most tools of the diary take, and the name of a call."""

from typing import Annotated

import msgspec

from coach.talk.registries.tools import ToolCallContext

Said = Annotated[str, msgspec.Meta(description="The member's own words, verbatim.", max_length=500)]


class Words(msgspec.Struct):
    said: Said


class MaybeWords(msgspec.Struct):
    said: Said = ""


def call_key(call: ToolCallContext) -> str:
    """Names this call for the diary's own record of what was done already."""
    return f"{call.session.pk.hex}:{call.call_id}"
