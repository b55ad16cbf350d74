"""Run a tool for the member of a session, once per call id."""

import json
from uuid import UUID

import msgspec
import structlog
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from coach import wire
from coach.after_commit import publish
from coach.errors import CoachError
from coach.talk.actions.turns import add_card
from coach.talk.brief import thaw
from coach.talk.models import Floor, Session, ToolCall
from coach.talk.registries.tools import (
    MAX_OUTPUT_CHARS,
    Tool,
    ToolCallContext,
    ToolResult,
    get_tool,
)

log = structlog.get_logger(__name__)


def run_tool(session_id: UUID, call_id: str, name: str, arguments: str) -> str:
    """Run `name` with JSON `arguments`; returns the output JSON for the engine, always.

    `{"say": …, …}` when it worked, `{"error": code, "say": …}` when it did not. The same
    `call_id` again returns the first output and changes nothing.
    """
    try:
        with transaction.atomic():
            return _run(session_id, call_id, name, arguments)
    except CoachError as error:
        return _failure(error.code, str(error))
    except Exception as error:  # noqa: BLE001  every call id gets an output, whatever broke
        # No traceback: an exception's text may hold what the member said.
        log.error("tool_failed", tool=name, call=call_id, error=type(error).__name__)
        return _failure(
            "tool_failed", _("Sorry, something went wrong there, so nothing was changed.")
        )


def _run(session_id: UUID, call_id: str, name: str, arguments: str) -> str:
    # Touching the row first takes its lock: a repeated call waits here and then finds the output.
    Session.objects.filter(pk=session_id).update(last_seq=F("last_seq"))
    session = Session.objects.select_related("member", "persona").get(pk=session_id)
    if done := session.tool_calls.filter(call_id=call_id).first():
        return str(done.output)
    tool = _allowed(session, name)
    try:
        args = msgspec.json.decode(arguments or "{}", type=tool.arguments)
    except msgspec.DecodeError as error:
        log.info("tool_arguments_refused", tool=name, call=call_id, error=type(error).__name__)
        return _failure(
            "invalid_arguments", _("Sorry, I did not get that. Could you say it again?")
        )
    result = tool.function(ToolCallContext(session, call_id), args)
    output = json.dumps({"say": result.say, **result.data}, ensure_ascii=False, default=str)
    if len(output) > MAX_OUTPUT_CHARS:
        output = json.dumps({"say": result.say}, ensure_ascii=False)
    ToolCall.objects.create(session=session, call_id=call_id, name=name, output=output)
    _show(session, result)
    return output


def _allowed(session: Session, name: str) -> Tool:
    tool = get_tool(name)
    if tool is None or name not in thaw(session.brief).tool_names:
        raise CoachError(_("I can't do that in this talk."), code="unknown_tool")
    if session.ended_at is not None:
        raise CoachError(_("This talk has ended."), code="ended")
    held = session.floor == Floor.SAFETY_HOLD and not tool.while_held
    if session.floor == Floor.EXPERT or held:
        raise CoachError(_("A person is looking after this now."), code="floor_taken")
    return tool


def _show(session: Session, result: ToolResult) -> None:
    for card in result.cards:
        add_card(session, card.kind, card.ref)
    for what in result.changed:
        publish(session.group, wire.DataChanged(what))


def _failure(code: str, say: str) -> str:
    return json.dumps({"error": code, "say": say}, ensure_ascii=False)
