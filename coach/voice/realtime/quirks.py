"""What servers of the protocol turned out to lack or to do, by address, for as long as we run.

So only the first talk after a start learns it, and the settings of all later ones are the same.
"""

from urllib.parse import urlsplit

import msgspec

from coach.voice import limits
from coach.voice.engine_events import EngineFault
from coach.voice.realtime.errors import FATAL_CODES
from coach.voice.realtime.settings import LAST_RESORT, OPTIONAL

# Errors with one of these in their code are of the moment, and say nothing about a setting.
_PASSING = ("server", "internal", "rate_limit", "overloaded", "timeout", "unavailable", "expired")


class Habits(msgspec.Struct):
    """`host` is its name. `without`: paths of settings that are not sent. `silent`: it confirms no
    settings. `pongs`: it answers pings, as far as we know. `differs`: codes of settings that were
    not in force as asked."""

    host: str = ""
    without: frozenset[str] = frozenset()
    silent: bool = False
    pongs: bool = True
    differs: frozenset[str] = frozenset()

    @property
    def patience_s(self) -> float:
        """How long to wait for the confirmation of settings."""
        return limits.CONFIGURE_UNCONFIRMED_S if self.silent else limits.CONFIGURE_S


def passing(fault: EngineFault) -> bool:
    """Whether this is an error of the moment."""
    return any(word in fault.code for word in _PASSING)


def wider(without: frozenset[str], refusal: EngineFault) -> frozenset[str] | None:
    """What to leave out after this refusal; None: leaving out more cannot help."""
    if refusal.code in FATAL_CODES or passing(refusal):
        return None
    named = {path for path in OPTIONAL - without if path in refusal.message}
    for more in (named, OPTIONAL, LAST_RESORT):
        if not without >= more:
            return without | more
    return None


_known: dict[str, Habits] = {}


def habits_of(address: str) -> Habits:
    """The habits of the server at this address; those of a new one are the protocol's."""
    if address not in _known and len(_known) >= limits.QUIRKS_SERVERS:
        del _known[next(iter(_known))]
    return _known.setdefault(address, Habits(urlsplit(address).hostname or ""))
