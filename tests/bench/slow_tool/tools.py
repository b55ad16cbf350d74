"""The slow tool."""

import time
from typing import Annotated

import msgspec

from coach.talk.registries.tools import ToolCallContext, ToolResult, tool

TAKES_S = 15.0


class Dawdle(msgspec.Struct):
    said: Annotated[str, msgspec.Meta(description="The member's own words.", max_length=500)]


@tool("dawdle", "Take a long time.", examples=["dawdle for a while please"], reads_only=True)
def dawdle(call: ToolCallContext, args: Dawdle) -> ToolResult:
    del call, args
    time.sleep(TAKES_S)
    return ToolResult(say="That took long.")
