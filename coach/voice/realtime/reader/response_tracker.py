"""Which responses are open on a connection, and to which one an event belongs."""

from collections.abc import Callable

import msgspec

from coach.voice.engine_events import EngineEvent, ResponseCreated
from coach.voice.realtime.upstream_names import UpstreamNames
from coach.voice.realtime.wire import Json, object_field, text_field
from coach.voice.recent_ids import RecentIds

Events = tuple[EngineEvent, ...]
Handler = Callable[[Json], Events]

OPEN_RESPONSES = 8  # that are followed at a time; servers have one, or one and a stray


class PartialCall(msgspec.Struct):
    """A tool call as far as it is known. `reported`: its `ToolCalled` was returned."""

    item_id: str = ""
    call_id: str = ""
    name: str = ""
    arguments: str = ""
    streamed: str = ""
    reported: bool = False


class OpenResponse(msgspec.Struct):
    """What a response has brought so far. `last_item` counts where servers send no item id."""

    id: str
    last_item: str = ""
    with_text: set[str] = set()
    with_audio: set[str] = set()
    calls: list[PartialCall] = []
    cancelled: bool = False  # by us


class ResponseTracker:
    """Local ids of responses and their items. `on_begin` is called when a response begins."""

    def __init__(self, mark: str, items: UpstreamNames, on_begin: Callable[[], None]) -> None:
        self._names = UpstreamNames(mark)
        self._items = items
        self._on_begin = on_begin
        self._last: OpenResponse | None = None  # the one that began last, until it is over
        self._open: dict[str, OpenResponse] = {}
        self._over = RecentIds()

    def __len__(self) -> int:
        """How many responses are open."""
        return len(self._open)

    def __contains__(self, response_id: str) -> bool:
        """Whether this response is open."""
        return response_id in self._open

    def upstream(self, response_id: str) -> str:
        """The server's name of a response; empty if it has none."""
        return self._names.upstream(response_id)

    def on_create_sent(self) -> None:
        """Another response is requested: the last one is over, though nobody reported its end.

        Of one that was cancelled, more may still come.
        """
        if self._last and not self._last.cancelled:
            self._over.add(self._last.id)
            self._open.pop(self._last.id, None)
            self._last = None

    def on_cancel_sent(self, response_id: str) -> None:
        """A cancel of this response was sent; empty: of the last one."""
        if self._last and response_id in ("", self._last.id):
            self._last.cancelled = True

    def begin(self, name: str) -> str:
        """The server says that a response of this name began. Returns its local id."""
        response_id = self._local(name)
        if name and response_id in self._over:  # another response of the same name
            response_id = self._names.new_local(name)
        self._start(response_id)
        return response_id

    def find(self, name: str) -> tuple[OpenResponse, Events]:
        """The response that an output belongs to, and its beginning if the server left that out."""
        response_id = self.identify(name)
        response = self._open.get(response_id)
        if response is not None:
            return response, ()
        if response_id in self._over:
            return OpenResponse(response_id), ()  # a straggler
        return self._start(response_id), (ResponseCreated(response_id),)

    def identify(self, name: str) -> str:
        """The local id of the response of this name; without a name, that of the last one."""
        last = self._last
        if last and (not name or self._names.adopt(last.id, name)):
            return last.id
        return self._local(name)

    def close(self, response_id: str) -> OpenResponse | None:
        """A response is over. Returns what it brought, if it was open."""
        response = self._open.pop(response_id, None)
        if self._last and self._last.id == response_id:
            self._last = None
        self._over.add(response_id)
        return response

    def item_id(self, response: OpenResponse, name: str) -> str:
        """The local id of an item of this response; without a name, that of the last one."""
        if name and not self._items.adopt(response.last_item, name, response.id):
            response.last_item = self._items.local(name, response.id)
        elif not response.last_item:
            response.last_item = self._items.unnamed("item")
        return response.last_item

    def _local(self, name: str) -> str:
        return self._names.local(name) if name else self._names.unnamed("response")

    def _start(self, response_id: str) -> OpenResponse:
        self._on_begin()
        self._last = OpenResponse(response_id)
        if response_id not in self._over:
            self._open[response_id] = self._last
        while len(self._open) > OPEN_RESPONSES:
            del self._open[next(iter(self._open))]
        return self._last


def response_name(event: Json) -> str:
    """The server's name of the response that an event is about; empty if it says none."""
    return text_field(object_field(event, "response"), "id") or text_field(event, "response_id")


def response_tag(response: Json) -> str:
    """The tag that we gave a response in its create; empty if the server does not return it."""
    tag = object_field(response, "metadata").get("tag")
    return tag if isinstance(tag, str) else ""
