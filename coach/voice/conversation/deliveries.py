"""Messages and tool outputs that the engine may refuse: each is sent once more, then told."""

import msgspec

from coach.voice.conversation.interruption import interrupt
from coach.voice.conversation.state import ConversationState, Delivery
from coach.voice.engine_commands import AddMessage, ToolOutput, item_told_by
from coach.voice.engine_events import EngineFault


class Deliveries:
    """An item that the engine refuses is sent once more, if need be as a text, then given up.

    An answer that was requested meanwhile does not know of it: it is requested anew.
    """

    def __init__(self, state: ConversationState) -> None:
        self._state = state

    def on_engine_fault(self, event: EngineFault) -> None:
        """The engine refused a command, perhaps an item that it was to take."""
        event_id = event.event_id
        if item_id := item_told_by(event_id):
            event_id = self._waiting(item_id)
        delivery = self._state.deliveries.pop(event_id, None)
        if delivery is None:
            return
        if not delivery.repeated:
            self._repeat(event_id, delivery)
        elif delivery.code:
            self._tell(event_id, delivery)

    def _waiting(self, question: str) -> str:
        """The delivery that asked this; empty if no answer is due, or it was not sent by us."""
        if question not in self._state.questions:
            return ""
        deliveries = self._state.deliveries.items()
        return next((key for key, sent in deliveries if sent.question == question), "")

    def _repeat(self, event_id: str, delivery: Delivery) -> None:
        state = self._state
        if self._answered_without(event_id) and delivery.code:
            # Of what the coach says meanwhile nothing counts: it answers something else.
            request = state.sequencer.current
            assert request is not None
            interrupt(state, cut_in=False)
            state.sequencer.request(request)
        kind = event_id.rpartition("-")[0]
        message: AddMessage | ToolOutput
        if isinstance(delivery.message, ToolOutput) and delivery.as_text:
            # A server that has lost the call takes no output of it, but it takes a text.
            message = AddMessage(state.sequencer.event_id(kind), "", "system", delivery.as_text)
        else:
            new_id = state.sequencer.event_id(kind)
            message = msgspec.structs.replace(delivery.message, event_id=new_id)
        state.deliver(msgspec.structs.replace(delivery, message=message, repeated=True))

    def _tell(self, event_id: str, delivery: Delivery) -> None:
        """The member must know; whatever else they asked is answered."""
        state = self._state
        state.questions.withdraw(delivery.question)
        if not state.questions:
            state.sequencer.drop_pending()
            if self._answered_without(event_id):
                interrupt(state, cut_in=False)
        state.show_error(delivery.code)

    def _answered_without(self, event_id: str) -> bool:
        """Whether the response under way answers the member, and may not know of this item.

        Reviewed words, greetings and hand-backs answer nothing that was refused.
        """
        sequencer = self._state.sequencer
        if not sequencer.busy or sequencer.current is None:
            return False
        return sequencer.current.kind == "answer" and sequencer.requested_after(event_id)
