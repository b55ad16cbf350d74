"""Which help to show: that of the member's country, guessed from the time zone, and the world's."""

from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from handoff.models import CrisisResource, Script

Topic = CrisisResource.Topic

# What a code calls for, most urgent first. An emergency number leads wherever life may be at stake.
TOPICS: dict[str, tuple[str, ...]] = {
    "SI": (Topic.CRISIS, Topic.EMERGENCY),
    "SH": (Topic.CRISIS, Topic.EMERGENCY),
    "ED-E": (Topic.EMERGENCY, Topic.EATING, Topic.CRISIS),
    "ED": (Topic.EATING, Topic.CRISIS),
    "MED-E": (Topic.EMERGENCY,),
    "MED": (Topic.MEDICAL, Topic.EMERGENCY),
    "SUP": (Topic.POISON, Topic.EMERGENCY),
    "SUB": (Topic.MEDICAL, Topic.EMERGENCY),
    "ABU": (Topic.ABUSE, Topic.EMERGENCY),
    "OTH": (Topic.EMERGENCY, Topic.CRISIS),
    "VIO": (Topic.EMERGENCY, Topic.CRISIS),
    "PSY": (Topic.CRISIS, Topic.EMERGENCY),
}
MAX_SHOWN = 5
MAX_SPOKEN = 600  # characters of one reviewed line, with its name and numbers
ZONES = Path(__file__).parent / "data" / "zones.txt"


@cache
def _countries() -> dict[str, str]:
    lines = ZONES.read_text().splitlines()[1:]
    return dict(line.split(" ") for line in lines)


def country_of(time_zone: str) -> str:
    """ISO code of the country a zone lies in, or "" when it says nothing ("UTC")."""
    return _countries().get(time_zone, "")


def topics_for(code: str) -> tuple[str, ...]:
    """The kinds of help that a code calls for, most urgent first."""
    return TOPICS.get(code) or TOPICS.get(code.split("-")[0]) or (Topic.CRISIS, Topic.EMERGENCY)


def resources_for(code: str, time_zone: str) -> list[CrisisResource]:
    """Help for `code` in the member's country, then what holds anywhere; at most five.

    A topic that the country has no entry for is filled from the international list.
    """
    return resources_for_each([(code, time_zone)])[code, time_zone]


def resources_for_each(
    wanted: Iterable[tuple[str, str]],
) -> dict[tuple[str, str], list[CrisisResource]]:
    """What `resources_for` answers to each code and time zone; one query for all of them."""
    places = {(code, zone): (topics_for(code), country_of(zone)) for code, zone in wanted}
    rows = CrisisResource.objects.filter(
        active=True,
        topic__in={topic for topics, _country in places.values() for topic in topics},
        country__in={"", *(country for _topics, country in places.values())},
    )
    known = list(rows)
    return {pair: _chosen(known, topics, country) for pair, (topics, country) in places.items()}


def _chosen(
    rows: Sequence[CrisisResource], topics: tuple[str, ...], country: str
) -> list[CrisisResource]:
    shown: list[CrisisResource] = []
    for topic in topics:
        of_topic = [r for r in rows if r.topic == topic and r.country in (country, "")]
        here = [r for r in of_topic if r.country]
        anywhere = [r for r in of_topic if not r.country]
        if topic == Topic.EMERGENCY:
            shown += here or anywhere
        else:
            shown += here + anywhere
    # Right below the first line to call stands the emergency number, wherever life is at stake.
    for resource in [r for r in shown[2:] if r.topic == Topic.EMERGENCY][:1]:
        shown.remove(resource)
        shown.insert(1, resource)
    return shown[:MAX_SHOWN]


def scripts_for(code: str, moment: str, language: str) -> list[Script]:
    """Reviewed lines for `code`, the most particular first, in `language` or else English."""
    family = code.split("-")[0]
    lines = [
        line
        for line in Script.objects.filter(moment=moment, code__in={code, family, ""})
        if line.language in (language.split("-")[0], "en")
    ]
    spoken = {line.language for line in lines}
    best = language.split("-")[0] if language.split("-")[0] in spoken else "en"
    lines = [line for line in lines if line.language == best]
    for wanted in (code, family, ""):
        if exact := [line for line in lines if line.code == wanted]:
            return exact
    return []


def spoken_numbers(code: str, time_zone: str) -> str:
    """What the coach says of the first resources: at most two sentences."""
    lines = [r.spoken for r in resources_for(code, time_zone) if r.spoken]
    return " ".join(lines[:2])


def longest_numbers(code: str) -> str:
    """The most that `spoken_numbers` can say for `code` ("": any code), wherever the member is."""
    rows = CrisisResource.objects.filter(active=True).exclude(spoken="")
    if code:
        rows = rows.filter(topic__in=topics_for(code))
    spoken = list(rows.values_list("country", "spoken"))
    pairs = (
        " ".join(sorted((s for c, s in spoken if c in (country, "")), key=len)[-2:])
        for country in {country for country, _spoken in spoken}
    )
    return max(pairs, key=len, default="")
