"""The parts of one engine: built in, given, or endpoints."""

from contextlib import AsyncExitStack

import msgspec

from coach.engine.capabilities import Capabilities
from coach.engine.ears import Ears
from coach.engine.endpoints import EndpointEars, EndpointMind, Endpoints, EndpointVoice, client
from coach.engine.mind.deterministic import DeterministicMind
from coach.engine.mind.types import Mind
from coach.engine.shell import EarsLike, VoiceLike
from coach.engine.voice import Voice


class Parts(msgspec.Struct, frozen=True):
    """What the sessions of a process share."""

    ears: EarsLike
    mind: Mind
    voice: VoiceLike
    capabilities: Capabilities


async def assembled(
    stack: AsyncExitStack,
    endpoints: Endpoints,
    *,
    sessions: int,
    ears: EarsLike | None = None,
    mind: Mind | None = None,
    voice: VoiceLike | None = None,
) -> Parts:
    """Starts the parts that are not given, for so many sessions; the stack stops them.

    Local ears stand below an endpoint's too, which does not say who speaks. Raises ModelMissing,
    and BadRequest `endpoint_invalid`.
    """
    endpoints.check()
    http = await stack.enter_async_context(client(sessions))
    if ears is None:
        ears = own_ears = Ears()
        await own_ears.start()
        stack.push_async_callback(own_ears.close)
    if endpoints.ears is not None:
        ears = EndpointEars(http, endpoints.ears, ears)
    if endpoints.mind is not None:
        mind = EndpointMind(http, endpoints.mind)
    if endpoints.voice is not None:
        voice = EndpointVoice(http, endpoints.voice)
    if voice is None:
        voice = own_voice = Voice()
        await own_voice.start()
        stack.push_async_callback(own_voice.close)
    return Parts(ears, mind or DeterministicMind(), voice, endpoints.capabilities())
