"""One response at a time: wishes wait, are coalesced, and are sent when the engine is free.

The engine refuses a second response while one is active, so every response goes through here. The
sequencer counts as busy from the moment a create is *sent*, not from its confirmation.
"""

from typing import Literal

import msgspec

from coach.voice import limits
from coach.voice.effects import Effect
from coach.voice.engine_commands import CancelResponse, CreateResponse
from coach.voice.realtime.errors import FATAL_CODES
from coach.voice.recent_ids import RecentIds

State = Literal["free", "requested", "active", "cancelling"]
Kind = Literal["answer", "greeting", "hand_back", "script"]


ACTIVE = "conversation_already_has_active_response"
CREATE_CODES = FATAL_CODES | {ACTIVE, "function_call_output_pending"}
# What a late command of ours may meet; it says nothing of the response under way.
HARMLESS_CODES = frozenset({"response_cancel_not_active", "input_audio_buffer_commit_empty"})


class ResponseRequest(msgspec.Struct, frozen=True):
    """A response that is wanted. `script`: the words it must speak, verbatim.

    `ref`: the host's number of what asked for it, 0 for nothing.
    """

    kind: Kind = "answer"
    instructions: str = ""
    tools: bool = True
    script: str = ""
    attempt: int = 0
    losses: int = 0  # engines that went away over it
    ref: int = 0

    def lost(self) -> "ResponseRequest":
        return msgspec.structs.replace(self, losses=self.losses + 1)

    def again(self) -> "ResponseRequest":
        return msgspec.structs.replace(self, attempt=self.attempt + 1)


class Sequencer:
    """`free` -> `requested` -> `active` -> (`cancelling`) -> `free`."""

    def __init__(self) -> None:
        self.state: State = "free"
        self.response_id = ""
        self.current: ResponseRequest | None = None
        self.waiting: list[ResponseRequest] = []
        self.changed_at = 0.0
        self.not_before = 0.0
        self.unasked = False  # the response under way is the engine's own idea
        self.complaint = ""  # the code of an error that may be about what is under way
        self._presumed: tuple[str, ResponseRequest | None] = (
            "",
            None,
        )  # over, as far as one can tell
        self._event_id = ""
        self._cancel_wanted = False
        self._number = 0
        self._known = RecentIds()  # responses that began or ended
        self.unwanted = RecentIds()  # those that were refused when they began

    def event_id(self, kind: str) -> str:
        """An id for a command, so that an engine's error can be matched to it."""
        self._number += 1
        return f"{kind}-{self._number}"

    def want(self, wish: ResponseRequest) -> None:
        """Queue a response. Plain answers coalesce: one answers all that was said before it."""
        if wish.kind == "answer":
            for number, other in enumerate(self.waiting):
                if other.kind == "answer":
                    if wish.instructions:
                        self.waiting[number] = wish
                    return
        if len(self.waiting) >= limits.WAITING_CREATES:
            # The last gives way: scripts stand first, and the oldest says what a danger asks for.
            if wish.kind != "script" and self.waiting[-1].kind == "script":
                return
            self.waiting.pop()
        self.waiting.append(wish)
        # A reviewed script goes before anything else that waits.
        self.waiting.sort(key=lambda w: w.kind != "script")

    def forget(self, *, scripts: bool = False, hand_backs: bool = False) -> list[ResponseRequest]:
        """Drop what waits, except scripts and hand-backs unless they are named; returns it."""
        self._presumed = ("", None)
        kept: set[Kind] = set()
        if not scripts:
            kept.add("script")
        if not hand_backs:
            kept.add("hand_back")
        dropped = [w for w in self.waiting if w.kind not in kept]
        self.waiting = [w for w in self.waiting if w.kind in kept]
        return dropped

    def peek(self, at: float) -> ResponseRequest | None:
        """The wish to send next, if the engine is free for it."""
        if self.state != "free" or not self.waiting or at < self.not_before:
            return None
        return self.waiting[0]

    def send(self, at: float) -> CreateResponse:
        """Send the first wish. Call only after `peek` returned it."""
        wish = self.waiting.pop(0)
        self.current = wish
        self._event_id = self.event_id("create")
        self._cancel_wanted = False
        self.complaint = ""
        self._presumed = ("", None)
        self._to("requested", at)
        return CreateResponse(self._event_id, wish.instructions, wish.tools)

    def created(self, response_id: str, tag: str, at: float, *, owed: bool = True) -> list[Effect]:
        """The engine began a response; cancel it if it is not, or no longer, wanted.

        `owed`: one that nobody has asked for may be the answer to what the member said.
        """
        if response_id in self._known:
            return []
        self._known.add(response_id)
        if tag and (tag != self._event_id or self.state != "requested"):
            # The create was given up as lost, or the engine answered by itself before it came to
            # ours: the late response must not speak.
            return self._refuse(response_id)
        if self.state in ("active", "cancelling") and self.response_id:
            return self._refuse(response_id)
        self.unasked = self.state == "free"
        if self.unasked and not owed and not self._answer_waits:
            return self._refuse(response_id)  # one answer is enough
        self.response_id = response_id
        self.complaint = ""
        if self.current is None:
            self.current = self._owed()
        if self._cancel_wanted:
            # The first cancel named no id and may have met nothing: repeat it by id.
            self._cancel_wanted = False
            self._to("cancelling", at)
            return [CancelResponse(self.event_id("cancel"), response_id)]
        self._to("active", at)
        return []

    def _refuse(self, response_id: str) -> list[Effect]:
        """Nothing of this response may have any effect."""
        self.unwanted.add(response_id)
        return [CancelResponse(self.event_id("cancel"), response_id)]

    def _owed(self) -> ResponseRequest:
        """The wish that a response answers which the engine began by itself."""
        return self.waiting.pop(0) if self._answer_waits else ResponseRequest()

    @property
    def _answer_waits(self) -> bool:
        """What is wanted next is what an engine would say by itself."""
        first = self.waiting[0] if self.waiting else None
        return first is not None and first.kind == "answer" and not first.instructions

    def cancel(self, at: float) -> list[Effect]:
        """Stop the response under way, if there is one."""
        self._presumed = ("", None)
        if self.state == "requested" and not self._cancel_wanted:
            self._cancel_wanted = True
            return [CancelResponse(self.event_id("cancel"))]
        if self.state == "active":
            self._to("cancelling", at)
            return [CancelResponse(self.event_id("cancel"), self.response_id)]
        return []

    def knows(self, response_id: str) -> bool:
        """Whether this response began, or ended, some time on this connection."""
        return response_id in self._known

    def done(self, response_id: str, at: float, tag: str = "") -> ResponseRequest | None:
        """A response ended. Returns its wish if it was ours and nobody had stopped it."""
        known = response_id in self._known
        self._known.add(response_id)
        if self.state == "requested" and not known and tag in ("", self._event_id):
            self.response_id = response_id  # ours: it ended without having begun
        elif self.state == "active" and not self.response_id:
            self._release(at)  # the foreign response that held us up
            return None
        if self.state == "free" or response_id != self.response_id:
            return None
        wish = None if self.state == "cancelling" or self._cancel_wanted else self.current
        self._release(at)
        return wish

    def refused(self, event_id: str, code: str, at: float) -> ResponseRequest | None:
        """The engine refused a command. Returns the wish that failed for good, if one did."""
        if event_id.startswith("cancel-") or (not event_id and code in HARMLESS_CODES):
            if self.state == "cancelling" and code == "response_cancel_not_active":
                self._release(at)
            return None
        # Some servers do not say which command they refuse; these codes can only mean a create.
        ours = event_id == self._event_id or (not event_id and code in CREATE_CODES)
        if self.state != "requested" or not ours:
            if self.state in ("requested", "active") and event_id in ("", self._event_id):
                self.complaint = code
            return None
        wish = self.current
        cancelled = self._cancel_wanted
        self._release(at)
        if wish is None or cancelled:
            return None
        if code == ACTIVE and wish.attempt == 0:
            self.waiting.insert(0, wish.again())
            self._to("active", at)  # of a response that is not ours: wait for its end
            return None
        return wish

    def overdue(self, at: float) -> ResponseRequest | None:
        """Give up what the engine never answered. Returns the wish that was lost."""
        patience = limits.COMPLAINED_S if self.complaint else limits.RESPONSE_CREATED_S
        if self.state == "requested" and at - self.changed_at > patience:
            lost = None if self._cancel_wanted else self.current
            self._release(at)
            return lost
        if self.state == "cancelling" and at - self.changed_at > limits.CANCEL_DONE_S:
            self._release(at)
        return None

    def passes(self, response_id: str) -> bool:
        """Whether output of this response may go on to the page; stragglers may not."""
        return self.state == "active" and response_id == self.response_id

    def stuck(self, at: float) -> bool:
        """An active response that has sent nothing for too long."""
        patience = limits.COMPLAINED_S if self.complaint else limits.RESPONSE_IDLE_S
        return self.state == "active" and at - self.changed_at > patience

    def rests(self, at: float) -> bool:
        """An active response has sent nothing for so long that it may be over."""
        return self.state == "active" and at - self.changed_at > limits.RESPONSE_END_S

    def presume(self) -> str:
        """The response under way is taken to be over, until more of it comes; returns its id."""
        self._presumed = (self.response_id, self.current)
        return self.response_id

    def resume(self, response_id: str, at: float) -> None:
        """More has come of a response; it goes on if it was only taken to be over."""
        presumed, wish = self._presumed
        if self.state == "free" and presumed and response_id == presumed:
            self.response_id, self.current = response_id, wish
            self._to("active", at)

    def touch(self, at: float) -> None:
        self.changed_at = at
        self.complaint = ""

    def reset(self, at: float) -> None:
        """The engine is another one now: nothing is under way. What waits is kept."""
        self._known = RecentIds()
        self._presumed = ("", None)
        self._release(at)

    @property
    def busy(self) -> bool:
        return self.state in ("requested", "active") and not self._cancel_wanted

    def _release(self, at: float) -> None:
        self.current = None
        self.response_id = ""
        self._cancel_wanted = False
        self._to("free", at)

    def _to(self, state: State, at: float) -> None:
        self.state = state
        self.changed_at = at
