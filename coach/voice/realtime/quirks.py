"""What servers of the protocol turned out to lack or to do, by address, while this process runs.

So only the first talk after a start learns it, and the settings of all later ones are the same.
"""

from urllib.parse import urlsplit

import msgspec

from coach.voice import limits
from coach.voice.engine_events import EngineFault
from coach.voice.realtime.errors import FATAL_CODES
from coach.voice.realtime.settings import LAST_RESORT, OPTIONAL

# Errors with one of these in their code are transient, and say nothing about a setting.
_TRANSIENT = (
    "server",
    "internal",
    "rate_limit",
    "overloaded",
    "timeout",
    "unavailable",
    "expired",
)


class ServerQuirks(msgspec.Struct):
    """`host` is the server's name.

    `omitted`: paths of settings that it refuses, and that are not sent. `unconfirmed`: it confirms
    no settings. `answers_pings`: as far as is known. `differing`: codes of settings that it did not
    apply as they were sent.
    """

    host: str = ""
    omitted: frozenset[str] = frozenset()
    unconfirmed: bool = False
    answers_pings: bool = True
    differing: frozenset[str] = frozenset()

    @property
    def confirm_timeout_s(self) -> float:
        """How long to wait for the confirmation of settings, in seconds."""
        return limits.CONFIGURE_UNCONFIRMED_S if self.unconfirmed else limits.CONFIGURE_S


def is_transient(fault: EngineFault) -> bool:
    """Whether another attempt may succeed without a change."""
    return any(word in fault.code for word in _TRANSIENT)


def omit_more(omitted: frozenset[str], refusal: EngineFault) -> frozenset[str] | None:
    """The settings to omit after this refusal; None: omitting more cannot help."""
    if refusal.code in FATAL_CODES or is_transient(refusal):
        return None
    named = {path for path in OPTIONAL - omitted if path in refusal.message}
    for more in (named, OPTIONAL, LAST_RESORT):
        if not omitted >= more:
            return omitted | more
    return None


_by_address: dict[str, ServerQuirks] = {}


def quirks_of(address: str) -> ServerQuirks:
    """The quirks of the server at this address; a new one is taken to have none."""
    if address not in _by_address and len(_by_address) >= limits.QUIRKS_SERVERS:
        del _by_address[next(iter(_by_address))]
    return _by_address.setdefault(address, ServerQuirks(urlsplit(address).hostname or ""))
