"""Where an engine is, and the credentials to reach it."""

from typing import Literal
from urllib.parse import quote

import msgspec


class EngineTarget(msgspec.Struct, frozen=True):
    """Which engine, and as whom. `url` is that of the socket, `key` may be empty.

    `style` "azure": the key goes into a header of its own and `model` is the deployment.
    `safety_id`: a pseudonym of the member, for engines that ask who is talking; empty: not sent.
    """

    url: str
    key: str
    model: str
    style: Literal["openai", "azure"] = "openai"
    safety_id: str = ""

    def __repr__(self) -> str:
        return f"EngineTarget({self.address})"  # for logs and tracebacks: never the key

    def translating(self, model: str) -> "EngineTarget":
        """The same server's translation sessions, by `model`."""
        path, mark, query = self.url.partition("?")
        url = f"{path.rstrip('/')}/translations{mark}{query}"
        return msgspec.structs.replace(self, url=url, model=model)

    @property
    def address(self) -> str:
        """The socket's URL with the model."""
        return f"{self.url}{'&' if '?' in self.url else '?'}model={quote(self.model)}"

    @property
    def headers(self) -> dict[str, str]:
        """The HTTP headers of the handshake."""
        headers = {}
        if self.key:
            azure = self.style == "azure"
            headers = {"api-key": self.key} if azure else {"Authorization": f"Bearer {self.key}"}
        if self.safety_id:
            headers["OpenAI-Safety-Identifier"] = self.safety_id
        return headers
