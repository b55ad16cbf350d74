"""Barge-in: how the coach falls silent, and what is written down of an item that is over."""

from coach.voice.conversation.output_item import OutputItem
from coach.voice.conversation.state import ConversationState
from coach.voice.effects import (
    ClearPlayback,
    DirectiveDelivered,
    DropCaption,
    RecordTurn,
    Void,
)
from coach.voice.engine_commands import DeleteItem, Truncate


def interrupt(
    state: ConversationState, *, cut_in: bool = True, void: Void = "cut_off", asks: bool = False
) -> None:
    """Stop the coach now: clear the page, cancel the response, keep only what was heard.

    `cut_in`: somebody spoke over it or asked for quiet. Who types does neither, nor does an engine
    that falls silent. `void`: why what was to be said is not. `asks`: the member has something to
    ask; an expert's word that they have heard nothing of follows the answer.
    """
    playback = state.playback
    if state.interruptible:
        state.emit(ClearPlayback(playback.clear()))
    if not state.ended:
        _void_directives(state, void, asks=asks)
    state.emit(*state.sequencer.cancel(state.at))
    _truncate_items(state, list(playback.items.values()), cut_in=cut_in)


def finish_item(state: ConversationState, item: OutputItem) -> None:
    """The item is over: write down what was heard of it."""
    text = item.heard_text()
    state.playback.close(item)
    whole = item.complete and item.fully_played
    if item.ref and text and (whole or not item.script):
        state.words.pop(item.ref, None)
        state.emit(DirectiveDelivered(item.ref, item.item_id))
    if text and (whole or item.cut_in):
        state.questions.heard(item.began_at)
    if not text:
        state.emit(DropCaption(item.item_id))
        state.emit(*state.transcript.settle(item.item_id, None))
        return
    state.coach_ended_at = item.sound_ended_at
    turn = RecordTurn(
        speaker="coach",
        text=text if whole or item.cut_in else broken_off(text),
        item_id=item.item_id,
        source="script" if item.script else "voice" if item.spoken else "text",
        epoch=item.epoch,
        interrupted=item.cut_in and not whole,
        partial=not whole,
        heard_ms=item.played_ms if item.spoken else None,
    )
    state.emit(*state.transcript.settle(item.item_id, turn))
    if item.orphaned:
        # Its engine is gone, and the next one may have been sent the history already.
        state.add_message("assistant", turn.text)
        if not whole and not item.cut_in:
            state.write_notice("line_broke")


def broken_off(text: str) -> str:
    """Words after which more was to come, so that they read as such."""
    return text if text.endswith((".", "!", "?", "…")) else f"{text} …"


def _void_directives(state: ConversationState, void: Void, *, asks: bool) -> None:
    """What is being said is cut off for a reason: it is not to be said again."""
    heard = {item.ref for item in state.playback.items.values() if item.heard_text()}
    request = state.sequencer.current if state.sequencer.busy else None
    refs = {request.ref} if request else set()
    for item in state.playback.items.values():
        refs.add(item.ref)
        item.ref = 0
    for ref in sorted(refs):
        if asks and ref in state.words and ref not in heard:
            state.sequencer.request(state.words[ref].request)
        else:
            state.directive_delivered(ref, void=void)


def _truncate_items(state: ConversationState, items: list[OutputItem], *, cut_in: bool) -> None:
    """End items in the middle, and make the engine remember no more than was heard."""
    heard = {item.engine_item_id for item in items if item.played_ms}
    deleted: set[str] = set()
    for item in items:
        item.cut_in = cut_in
        if item.spoken and not item.finished:
            _truncate_audio(state, item, heard, deleted)
        elif not item.done:
            item.complete = False
            if not item.text:
                _delete_item(state, item, deleted)
        item.done = True
        finish_item(state, item)


def _truncate_audio(
    state: ConversationState, item: OutputItem, heard: set[str], deleted: set[str]
) -> None:
    """Tell the engine how much of this audio was heard; `heard`: items with any that was."""
    ms = min(item.played_ms, item.received_ms)
    item.complete = item.complete and item.done
    if item.orphaned:
        return
    if ms == 0 and item.engine_item_id not in heard:
        _delete_item(state, item, deleted)  # engines refuse to truncate to nothing
    elif ms < item.received_ms or not item.done:
        event_id = state.sequencer.event_id("truncate")
        state.emit(Truncate(event_id, item.engine_item_id, ms, item.content_index))


def _delete_item(state: ConversationState, item: OutputItem, deleted: set[str]) -> None:
    if item.engine_item_id not in deleted and not item.orphaned:
        deleted.add(item.engine_item_id)
        state.emit(DeleteItem(state.sequencer.event_id("delete"), item.engine_item_id))
