"""Run a tool for the member of a session, once per call id."""

import json
from collections.abc import Callable
from functools import partial
from uuid import UUID

import msgspec
import structlog
from django.db import Error, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from coach import wire
from coach.after_commit import publish
from coach.errors import CoachError
from coach.talk.actions.turns import add_card
from coach.talk.models import Floor, Session, ToolCall
from coach.talk.registries.orders import Orders, holds_energy, orders_of
from coach.talk.registries.tools import (
    MAX_OUTPUT_CHARS,
    Tool,
    ToolCallContext,
    ToolResult,
    get_tool,
)

log = structlog.get_logger(__name__)


Later = Callable[[Callable[[], None]], None]


def at_once(write: Callable[[], None]) -> None:
    write()


def run_tool(
    session_id: UUID,
    call_id: str,
    name: str,
    arguments: str,
    *,
    asked: str = "",
    later: Later = at_once,
) -> str:
    """Run `name` with JSON `arguments`; returns the output JSON for the engine, always.

    `{"say": …, …}` when it worked, `{"error": code, "say": …}` when it did not. The same
    `call_id` again returns the first output and changes nothing; a tool that only reads may read
    again. `asked` is the item of the words that it was called for. `later` is given what writes its
    call down: nobody who waits for the answer waits for it.
    """
    call = ToolCall(session_id=session_id, call_id=call_id, name=name, asked=asked)
    try:
        tool = get_tool(name)
        if tool is not None and tool.reads_only:
            return _read(call, arguments, later)
        with transaction.atomic():
            return _change(call, arguments)
    except CoachError as error:
        member = Session.objects.select_related("member").get(pk=session_id).member
        return _failure(error.code, orders_of(member).say(str(error)))
    except Exception as error:  # noqa: BLE001  every call id gets an output, whatever broke
        # No traceback: an exception's text may hold what the member said.
        log.error("tool_failed", tool=name, call=call_id, error=type(error).__name__)
        return _failure(
            "tool_failed", _("Sorry, something went wrong there, so nothing was changed.")
        )


def _change(call: ToolCall, arguments: str) -> str:
    """Run it under the session's lock: a repeated call waits here and then finds the output."""
    # Touching the row first takes its lock.
    Session.objects.filter(pk=call.session_id).update(last_seq=F("last_seq"))
    session = Session.objects.select_related("member", "persona").get(pk=call.session_id)
    if (done := _output_of(session, call.call_id)) is not None:
        return done
    orders = orders_of(session.member)
    result = _result(session, call, arguments, orders)
    call.output = _output(result, orders)
    call.save(force_insert=True)
    _show(session, result)
    return call.output


def _read(call: ToolCall, arguments: str, later: Later) -> str:
    """Run it without a lock, however long it takes."""
    session = Session.objects.select_related("member", "persona").get(pk=call.session_id)
    if (done := _output_of(session, call.call_id)) is not None:
        return done
    orders = orders_of(session.member)
    result = _result(session, call, arguments, orders)
    if result.cards or result.changed:
        raise TypeError(f"{call.name} only reads: it has no card and changes nothing")
    call.output = _output(result, orders)
    later(partial(_keep_reading, call))
    return call.output


def _keep_reading(call: ToolCall) -> None:
    try:
        # One that is there already stands.
        ToolCall.objects.bulk_create([call], ignore_conflicts=True)
    except Error as error:
        log.error("call_not_kept", tool=call.name, call=call.call_id, error=type(error).__name__)


def _output_of(session: Session, call_id: str) -> str | None:
    done = session.tool_calls.filter(call_id=call_id).first()
    return done.output if done else None


def _result(session: Session, call: ToolCall, arguments: str, orders: Orders) -> ToolResult:
    tool = _allowed(session, call.name)
    if orders.forbids(call.name):
        words = _("I leave that to your expert, as they asked me to.")
        raise CoachError(words, code="ordered_not_to")
    try:
        args = msgspec.json.decode(arguments or "{}", type=tool.arguments)
    except msgspec.DecodeError as error:
        log.info(
            "tool_arguments_refused",
            tool=call.name,
            call=call.call_id,
            error=type(error).__name__,
        )
        words = _("Sorry, I did not get that. Could you say it again?")
        raise CoachError(words, code="invalid_arguments") from error
    return tool.function(ToolCallContext(session, call.call_id, call.asked), args)


def _output(result: ToolResult, orders: Orders) -> str:
    """What the engine gets: nothing in it that an expert ordered to leave out."""
    said = {"say": orders.say(result.say, of_energy=holds_energy(result.data))}
    data = orders.facts(result.data) if orders.codes else result.data
    output = json.dumps({**said, **data}, ensure_ascii=False, default=str)
    if len(output) > MAX_OUTPUT_CHARS:
        return json.dumps(said, ensure_ascii=False)
    return output


def _allowed(session: Session, name: str) -> Tool:
    tool = get_tool(name)
    if tool is None or name not in {one["name"] for one in session.tools}:
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
