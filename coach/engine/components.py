"""The parts of one engine: built in, given, or endpoints."""

from contextlib import AsyncExitStack

import msgspec

from coach.engine.compatible import CompatibleLlm, CompatibleStt, CompatibleTts, Endpoints, client
from coach.engine.llm.rule_based import RuleBasedLlm
from coach.engine.llm.types import Llm
from coach.engine.server.connection import EarsLike, VoiceLike
from coach.engine.session.capabilities import Capabilities
from coach.engine.stt import Recogniser
from coach.engine.tts import Synthesiser


class Components(msgspec.Struct, frozen=True):
    """What the sessions of a process share."""

    ears: EarsLike
    mind: Llm
    voice: VoiceLike
    capabilities: Capabilities


async def assembled(
    stack: AsyncExitStack,
    endpoints: Endpoints,
    *,
    sessions: int,
    ears: EarsLike | None = None,
    mind: Llm | None = None,
    voice: VoiceLike | None = None,
) -> Components:
    """Starts the parts that are not given, for so many sessions; the stack stops them.

    Local ears stand below an endpoint's too, which does not say who speaks. Raises ModelMissing,
    and BadRequest `endpoint_invalid`.
    """
    endpoints.check()
    http = await stack.enter_async_context(client(sessions))
    if ears is None:
        ears = own_ears = Recogniser()
        await own_ears.start()
        stack.push_async_callback(own_ears.close)
    if endpoints.ears is not None:
        ears = CompatibleStt(http, endpoints.ears, ears)
    if endpoints.mind is not None:
        mind = CompatibleLlm(http, endpoints.mind)
    if endpoints.voice is not None:
        voice = CompatibleTts(http, endpoints.voice)
    if voice is None:
        voice = own_voice = Synthesiser()
        await own_voice.start()
        stack.push_async_callback(own_voice.close)
    return Components(ears, mind or RuleBasedLlm(), voice, endpoints.capabilities())
