"""The running product as its people reach it: addresses, requests, and what is due of whom."""

import asyncio
import random
from collections import Counter
from dataclasses import dataclass, field
from email.message import Message

import httpx

TOKEN = "f" * 32  # any will do, if the cookie has the same
RETRY_S = 0.5
PATIENCE_S = 75.0  # a form is sent again for so long, with the same contents


@dataclass
class Site:
    """`calls`: members speak, and call for a person; without it they only listen."""

    url: str
    chance: random.Random
    mails: list[Message]
    calls: bool = True
    pause_s: float = 5.0
    troubles: Counter[str] = field(default_factory=Counter)  # requests without an answer

    def __post_init__(self) -> None:
        self.http = httpx.AsyncClient(
            base_url=self.url, timeout=20, verify=False, limits=httpx.Limits(max_connections=200)
        )

    def headers(self, cookie: str) -> dict[str, str]:
        return {
            "Cookie": f"sessionid={cookie}; csrftoken={TOKEN}",
            "X-CSRFToken": TOKEN,
            "X-Requested-With": "fetch",
            "Origin": self.url,
        }

    def socket(self, path: str) -> str:
        return self.url.replace("http:", "ws:") + path

    async def get(self, path: str, cookie: str) -> str:
        """The fragment, or nothing while the server does not answer."""
        try:
            answer = await self.http.get(path, headers=self.headers(cookie))
        except httpx.TransportError as error:
            self.troubles[type(error).__name__] += 1
            return ""
        return answer.text if answer.status_code == 200 else ""

    async def post(
        self, path: str, cookie: str, patience_s: float = PATIENCE_S, **form: str
    ) -> httpx.Response | None:
        """The answer to a form, sent again while there is none; None: there was none to the end."""
        until = asyncio.get_running_loop().time() + patience_s
        while True:
            try:
                answer = await self.http.post(path, data=form, headers=self.headers(cookie))
            except httpx.TransportError as error:
                self.troubles[type(error).__name__] += 1
            else:
                if answer.status_code < 500:
                    return answer
                self.troubles[f"HTTP {answer.status_code}"] += 1
            if asyncio.get_running_loop().time() > until:
                return None
            await asyncio.sleep(RETRY_S)
