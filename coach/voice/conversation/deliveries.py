"""Messages and tool outputs that the engine may refuse: each is sent once more, then told."""

import msgspec

from coach.voice.conversation.interruption import interrupt
from coach.voice.conversation.state import ConversationState, Delivery
from coach.voice.engine_commands import AddMessage, AddPicture, Role, item_told_by
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
        if delivery.on_refused is not None:
            delivery.on_refused()
        if delivery.repeated or (_is_picture(delivery) and not delivery.as_text):
            self._give_up(event_id, delivery)
        else:
            self._repeat(event_id, delivery)

    def _waiting(self, question: str) -> str:
        """The delivery that asked this; empty if no answer is due, or it was not sent by us."""
        if question not in self._state.questions:
            return ""
        deliveries = self._state.deliveries.items()
        return next((key for key, sent in deliveries if sent.question == question), "")

    def _repeat(self, event_id: str, delivery: Delivery) -> None:
        state = self._state
        if self._answered_without(event_id) and delivery.code:
            # What the coach says meanwhile is no answer to this item: it begins again.
            request = state.sequencer.current
            assert request is not None
            if _is_picture(delivery):
                instructions = state.picture_instructions
                request = msgspec.structs.replace(request, instructions=instructions)
            interrupt(state, cut_in=False)
            state.sequencer.request(request)
        if _is_picture(delivery):
            state.show_error(delivery.code)
        state.deliver(self._instead(delivery))

    def _instead(self, delivery: Delivery) -> Delivery:
        """What is sent after the first refusal."""
        message = delivery.message
        if isinstance(message, AddPicture):  # its words count without it
            return Delivery(self._in_words(delivery, "user"), "text_refused", delivery.question)
        if delivery.as_text:
            # A server that has lost the call takes no output of it, but it takes a text.
            message = self._in_words(delivery, "system")
        else:
            kind = message.event_id.rpartition("-")[0]
            event_id = self._state.sequencer.event_id(kind)
            message = msgspec.structs.replace(message, event_id=event_id)
        return msgspec.structs.replace(delivery, message=message, repeated=True)

    def _in_words(self, delivery: Delivery, role: Role) -> AddMessage:
        return AddMessage(self._state.sequencer.event_id("text"), "", role, delivery.as_text)

    def _give_up(self, event_id: str, delivery: Delivery) -> None:
        """The member must know, if it was theirs; whatever else they asked is answered."""
        state = self._state
        if not delivery.code:
            return
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


def _is_picture(delivery: Delivery) -> bool:
    return isinstance(delivery.message, AddPicture)
