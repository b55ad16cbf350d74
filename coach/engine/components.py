"""The components of one engine: built in, given, or other servers."""

from contextlib import AsyncExitStack

import msgspec

from coach.engine.compatible import CompatibleLlm, CompatibleStt, CompatibleTts, Endpoints, client
from coach.engine.llm.rule_based import RuleBasedLlm
from coach.engine.llm.types import Llm
from coach.engine.session.capabilities import Capabilities
from coach.engine.stt.recogniser import Recogniser
from coach.engine.stt.types import Stt
from coach.engine.tts.synthesiser import Synthesiser
from coach.engine.tts.types import Tts


class Components(msgspec.Struct, frozen=True):
    """What the sessions of a process share."""

    stt: Stt
    llm: Llm
    tts: Tts
    capabilities: Capabilities


async def assembled(
    stack: AsyncExitStack,
    endpoints: Endpoints,
    *,
    sessions: int,
    stt: Stt | None = None,
    llm: Llm | None = None,
    tts: Tts | None = None,
) -> Components:
    """Starts the components that are not given, for so many sessions; the stack stops them.

    A transcription endpoint stands on a local recogniser: it does not say who speaks.
    Raises ModelMissing, and BadRequest `endpoint_invalid`.
    """
    endpoints.check()
    http = await stack.enter_async_context(client(sessions))
    if stt is None:
        stt = recogniser = Recogniser()
        await recogniser.start()
        stack.push_async_callback(recogniser.close)
    if endpoints.stt is not None:
        stt = CompatibleStt(http, endpoints.stt, stt)
    if endpoints.llm is not None:
        llm = CompatibleLlm(http, endpoints.llm)
    if llm is None:
        llm = rules = RuleBasedLlm()
        await rules.start()
        stack.push_async_callback(rules.close)
    if endpoints.tts is not None:
        tts = CompatibleTts(http, endpoints.tts)
    if tts is None:
        tts = synthesiser = Synthesiser()
        await synthesiser.start()
        stack.push_async_callback(synthesiser.close)
    return Components(stt, llm, tts, endpoints.capabilities())
