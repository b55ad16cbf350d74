"""What a tool offers to do after a yes, so that no sentence of a member's is taken for that yes."""

import re
from collections.abc import Iterable

# What an engine passes for a yes to an offer of ours: it names the rows that were asked about.
OFFERED = re.compile(r"yes #(\d{1,18}(?:\.\d{1,18})*)")


def yes_to(keys: Iterable[int]) -> str:
    """What an engine passes when the member says yes to what was asked about these rows."""
    return "yes #" + ".".join(str(key) for key in keys)


def offered(said: str) -> tuple[int, ...]:
    """The rows that such a call names; none where it is what a member said."""
    found = OFFERED.fullmatch(said.strip())
    return tuple(int(key) for key in found[1].split(".")) if found else ()
