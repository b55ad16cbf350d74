"""One response at a time: requests wait until the engine is free.

An engine refuses a second response while one is active, so every `response.create` goes through
here. The sequencer is busy from the moment a create is *sent*, not from its confirmation.
"""

from typing import Literal

from coach.voice import limits
from coach.voice.conversation.request_queue import RequestQueue, ResponseRequest
from coach.voice.effects import Effect
from coach.voice.engine_commands import CancelResponse, CreateResponse
from coach.voice.realtime.errors import FATAL_CODES
from coach.voice.recent_ids import RecentIds

State = Literal["free", "requested", "active", "cancelling"]

ACTIVE_RESPONSE_CODE = "conversation_already_has_active_response"
CREATE_CODES = FATAL_CODES | {ACTIVE_RESPONSE_CODE, "function_call_output_pending"}
# What a late command of ours may meet; it says nothing of the response under way.
HARMLESS_CODES = frozenset({"response_cancel_not_active", "input_audio_buffer_commit_empty"})

_NOTHING_PRESUMED: tuple[str, ResponseRequest | None] = ("", None)


class Sequencer:
    """`free` -> `requested` -> `active` -> (`cancelling`) -> `free`.

    Times are seconds of any steady clock. `current` is the request under way, `fault_code` the code
    of an engine error that may be about it.
    """

    def __init__(self) -> None:
        self.state: State = "free"
        self.response_id = ""
        self.current: ResponseRequest | None = None
        self.queue = RequestQueue()
        self.retry_at = 0.0  # nothing is sent before then
        self.unsolicited = False  # the response under way is the engine's own idea
        self.fault_code = ""
        self.rejected = RecentIds()  # responses that were cancelled when they began
        self._changed_at = 0.0
        self._presumed_done = _NOTHING_PRESUMED
        self.unanswered_creates = 0  # in a row, without a sign of an answer
        self._create_id = ""
        self._cancel_pending = False
        self._events_sent = 0
        self._seen = RecentIds()  # responses that began or ended on this connection

    @property
    def busy(self) -> bool:
        """A response is requested or active, and was not cancelled."""
        return self.state in ("requested", "active") and not self._cancel_pending

    def event_id(self, kind: str) -> str:
        """A new id for a command, by which an engine's error is matched to it."""
        self._events_sent += 1
        return f"{kind}-{self._events_sent}"

    # --- requests -------------------------------------------------------------------------------

    def request(self, request: ResponseRequest) -> None:
        """Queue a response."""
        self.queue.add(request)

    def drop_pending(
        self, *, scripts: bool = False, hand_backs: bool = False
    ) -> list[ResponseRequest]:
        """Drop pending requests, scripts and hand-backs only if named. Returns what was dropped."""
        self._presumed_done = _NOTHING_PRESUMED
        return self.queue.drop(scripts=scripts, hand_backs=hand_backs)

    def peek(self, at: float) -> ResponseRequest | None:
        """The request to send next, if the engine is free for it."""
        if self.state != "free" or not self.queue or at < self.retry_at:
            return None
        return self.queue.first

    def send(self, at: float) -> CreateResponse:
        """Send the first request. Call only after `peek` returned it."""
        request = self.queue.pop()
        self.current = request
        self._create_id = self.event_id("create")
        self._cancel_pending = False
        self.fault_code = ""
        self._presumed_done = _NOTHING_PRESUMED
        self._enter("requested", at)
        return CreateResponse(self._create_id, request.instructions, request.tools)

    def cancel(self, at: float) -> list[Effect]:
        """Stop the response under way, if there is one."""
        self._presumed_done = _NOTHING_PRESUMED
        if self.state == "requested" and not self._cancel_pending:
            self._cancel_pending = True
            return [CancelResponse(self.event_id("cancel"))]
        if self.state == "active":
            self._enter("cancelling", at)
            return [CancelResponse(self.event_id("cancel"), self.response_id)]
        return []

    # --- what the engine says -------------------------------------------------------------------

    def created(
        self, response_id: str, tag: str, at: float, *, answer_due: bool = True
    ) -> list[Effect]:
        """The engine began a response; cancel it if it is not, or no longer, requested.

        `answer_due`: a response that nobody requested may be the answer to what the member said.
        """
        if response_id in self._seen:
            return []
        self._seen.add(response_id)
        if tag and (tag != self._create_id or self.state != "requested"):
            # The create was given up as lost, or the engine answered by itself before it came to
            # ours: the late response must not speak.
            return self._reject(response_id)
        if self.state in ("active", "cancelling") and self.response_id:
            return self._reject(response_id)
        self.unsolicited = self.state == "free"
        if self.unsolicited and not answer_due and not self.queue.plain_answer_is_first:
            return self._reject(response_id)  # one answer is enough
        self.response_id = response_id
        self.fault_code = ""
        if self.current is None:
            answers = self.queue.plain_answer_is_first
            self.current = self.queue.pop() if answers else ResponseRequest()
        if self._cancel_pending:
            # The first cancel named no id and may have met nothing: repeat it by id.
            self._cancel_pending = False
            self._enter("cancelling", at)
            return [CancelResponse(self.event_id("cancel"), response_id)]
        self._enter("active", at)
        return []

    def done(self, response_id: str, at: float, tag: str = "") -> ResponseRequest | None:
        """A response ended. Returns its request if it was ours and nobody had stopped it."""
        seen = response_id in self._seen
        self._seen.add(response_id)
        self.unanswered_creates = 0
        if self.state == "requested" and not seen and tag in ("", self._create_id):
            self.response_id = response_id  # ours: it ended without having begun
        elif self.state == "active" and not self.response_id:
            self._release(at)  # the foreign response that held us up
            return None
        if self.state == "free" or response_id != self.response_id:
            return None
        stopped = self.state == "cancelling" or self._cancel_pending
        request = None if stopped else self.current
        self._release(at)
        return request

    def command_failed(self, event_id: str, code: str, at: float) -> ResponseRequest | None:
        """The engine refused a command. Returns the request that failed for good, if one did."""
        if event_id.startswith("cancel-") or (not event_id and code in HARMLESS_CODES):
            if self.state == "cancelling" and code == "response_cancel_not_active":
                self._release(at)
            return None
        # Some servers do not say which command they refuse; these codes can only mean a create.
        ours = event_id == self._create_id or (not event_id and code in CREATE_CODES)
        if self.state != "requested" or not ours:
            if self.state in ("requested", "active") and event_id in ("", self._create_id):
                self.fault_code = code
            return None
        request, cancelled = self.current, self._cancel_pending
        self.unanswered_creates = 0
        self._release(at)
        if request is None or cancelled:
            return None
        if code == ACTIVE_RESPONSE_CODE and request.attempt == 0:
            self.queue.add_first(request.retry())
            self._enter("active", at)  # of a response that is not ours: wait for its end
            return None
        return request

    def has_seen(self, response_id: str) -> bool:
        """Whether this response began, or ended, some time on this connection."""
        return response_id in self._seen

    def requested_after(self, event_id: str) -> bool:
        """Whether the last create was sent after this command."""
        return _number(self._create_id) > _number(event_id)

    def accepts_output(self, response_id: str) -> bool:
        """Whether output of this response may go on to the page; stragglers may not."""
        return self.state == "active" and response_id == self.response_id

    def touch(self, at: float) -> None:
        """Output of the response under way has come."""
        self._changed_at = at
        self.unanswered_creates = 0
        self.fault_code = ""

    def reset(self, at: float) -> None:
        """The connection is a new one: nothing is under way. Pending requests stay."""
        self._seen = RecentIds()
        self._presumed_done = _NOTHING_PRESUMED
        self.unanswered_creates = 0
        self._release(at)

    # --- what the engine does not say -----------------------------------------------------------

    def expire(self, at: float) -> ResponseRequest | None:
        """Give up what the engine never answered. Returns the request that was lost."""
        timeout = limits.FAULT_TIMEOUT_S if self.fault_code else limits.RESPONSE_CREATED_S
        if self.state == "requested" and at - self._changed_at > timeout:
            lost = None if self._cancel_pending else self.current
            self.unanswered_creates += not self.fault_code
            self._release(at)
            return lost
        if self.state == "cancelling" and at - self._changed_at > limits.CANCEL_DONE_S:
            self._release(at)
        return None

    def stalled(self, at: float) -> bool:
        """Whether an active response has sent nothing for too long."""
        timeout = limits.FAULT_TIMEOUT_S if self.fault_code else limits.RESPONSE_IDLE_S
        return self.state == "active" and at - self._changed_at > timeout

    def idle(self, at: float) -> bool:
        """Whether an active response has sent nothing for so long that it may be over."""
        return self.state == "active" and at - self._changed_at > limits.RESPONSE_END_S

    def presume_done(self) -> str:
        """Take the response under way for over, until more of it comes. Returns its id."""
        self._presumed_done = (self.response_id, self.current)
        return self.response_id

    def resume(self, response_id: str, at: float) -> None:
        """More has come of a response: it goes on if it was only presumed to be over."""
        presumed, request = self._presumed_done
        if self.state == "free" and presumed and response_id == presumed:
            self.response_id, self.current = response_id, request
            self._enter("active", at)

    def _reject(self, response_id: str) -> list[Effect]:
        """Nothing of this response may have any effect."""
        self.rejected.add(response_id)
        return [CancelResponse(self.event_id("cancel"), response_id)]

    def _release(self, at: float) -> None:
        self.current = None
        self.response_id = ""
        self._cancel_pending = False
        self._enter("free", at)

    def _enter(self, state: State, at: float) -> None:
        self.state = state
        self._changed_at = at


def _number(event_id: str) -> int:
    """How many commands were sent before this one."""
    return int(event_id.rpartition("-")[2] or 0)
