"""What servers of the protocol turned out to lack, kept by address for as long as the process runs.

So only the first talk after a start learns it, and the settings of all later ones are the same.
"""

import msgspec

from coach.voice import limits
from coach.voice.events import EngineFault
from coach.voice.realtime.settings import LAST_RESORT, OPTIONAL


class Habits(msgspec.Struct):
    """`without`: paths of settings that are not sent. `silent`: it confirms no settings."""

    without: frozenset[str] = frozenset()
    silent: bool = False

    @property
    def patience_s(self) -> float:
        """How long to wait for the confirmation of settings."""
        return limits.AWAKE_S if self.silent else limits.CONFIGURE_S

    def lacks(self, refusal: EngineFault) -> bool:
        """Learn from a refused update; False: nothing is left that could be left out."""
        named = {path for path in OPTIONAL - self.without if path in refusal.message}
        if named:
            self.without |= named
        elif not self.without >= OPTIONAL:
            self.without |= OPTIONAL
        elif not self.without >= LAST_RESORT:
            self.without |= LAST_RESORT
        else:
            return False
        return True


_known: dict[str, Habits] = {}


def habits_of(address: str) -> Habits:
    """The habits of the server at this address; those of a new one are the protocol's."""
    if address not in _known and len(_known) >= limits.KNOWN_SERVERS:
        del _known[next(iter(_known))]
    return _known.setdefault(address, Habits())
