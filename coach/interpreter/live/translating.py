"""Interprets by translation sessions, one for each direction: it speaks while somebody does."""

import asyncio
from functools import partial

from coach.interpreter.direction import (
    OTHER,
    SIDES,
    Director,
    Finish,
    Heard,
    Input,
    Side,
    Steer,
    Tick,
)
from coach.interpreter.identify import Identifier
from coach.interpreter.live.channel import Channel
from coach.interpreter.live.interpreting import Languages, PutOut, Spent
from coach.voice.cancel import cancel
from coach.voice.clock import Clock
from coach.voice.interfaces import Connect
from coach.voice.realtime import EngineSettings


class Translating:
    """Implements `Interpreting`.

    `sides`: whose words are heard here: both people's by one microphone, or one person's. `model`
    and `transcriber` name what is paid for; `first` is the number of the first line.
    """

    def __init__(
        self,
        connect: Connect,
        languages: Languages,
        put_out: PutOut,
        *,
        sides: tuple[Side, ...] = SIDES,
        model: str = "",
        transcriber: str = "",
        first: int = 1,
        clock: Clock | None = None,
    ) -> None:
        self._clock = clock or Clock()
        self._put_out = put_out
        self._models = [name for name in (model, transcriber) if name]
        identify = Identifier(languages["a"], languages["b"])
        self._director = Director(identify, sides=sides, first=first)
        self._heard_at = self._clock.now()
        self._channels = {
            side: Channel(
                side,
                connect,
                _settings(languages[OTHER[side]], transcriber),
                self._take,
                self._clock,
            )
            for side in sides
        }

    @property
    def ready(self) -> bool:
        """Every direction has its session."""
        return all(channel.available for channel in self._channels.values())

    @property
    def heard_at(self) -> float:
        """When the last word was heard."""
        return self._heard_at

    async def run(self) -> None:
        """Until both directions have said their last words, or one cannot be had any more.

        Raises its EngineError.
        """
        running = [asyncio.create_task(channel.run()) for channel in self._channels.values()]
        try:
            done, _ = await asyncio.wait(running, return_when=asyncio.FIRST_EXCEPTION)
            for one in done:
                one.result()
        finally:
            await cancel(running)

    def hear(self, frame: bytes) -> None:
        """To each session what it may hear, or as much silence: its time goes on."""
        for side, channel in self._channels.items():
            channel.hear(frame if self._director.is_open(side) else bytes(len(frame)))

    def steer(self, steer: Steer) -> None:
        self._take(steer)

    def tick(self) -> None:
        for channel in self._channels.values():
            channel.tick()
        self._take(Tick())

    async def finish(self) -> None:
        """Have every session say its last words."""
        await asyncio.gather(*(channel.finish() for channel in self._channels.values()))
        self._take(Finish())

    def take_spent(self) -> list[Spent]:
        """Seconds of sound sent: a session is paid by time, and so is who writes it down."""
        seconds = [channel.take_sent_ms() / 1000 for channel in self._channels.values()]
        spent = partial(Spent, told={"seconds": round(sum(seconds), 3)})
        return [spent(model) for model in self._models] if sum(seconds) else []

    def _take(self, given: Input) -> None:
        now = self._clock.now()
        if isinstance(given, Heard):
            self._heard_at = now
        if effects := self._director.handle(given, now):
            self._put_out(effects)


def _settings(into: str, transcriber: str) -> EngineSettings:
    return EngineSettings(instructions="", language=into, transcription_model=transcriber)
