"""Deduplication, history, private addresses, cancelling: small things that others lean on."""

import asyncio
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import coach.voice
from coach.voice import limits
from coach.voice.cancel import cancel
from coach.voice.engine_commands import item_told_by
from coach.voice.history import history_messages
from coach.voice.interfaces import HistoryLine
from coach.voice.private_address import is_private_host, is_public_address
from coach.voice.recent_ids import RecentIds


@given(st.lists(st.integers(0, 3000).map(str), max_size=50))
def test_recent_ids_are_a_set(names):
    ids = RecentIds()
    for name in names:
        ids.add(name)
    assert len(ids) == len(set(names))
    assert all(name in ids for name in names)


def test_the_oldest_ids_are_forgotten_first():
    ids = RecentIds()
    for number in range(limits.RECENT_IDS + 10):
        ids.add(str(number))
    assert len(ids) == limits.RECENT_IDS
    assert "9" not in ids
    assert "10" in ids
    others = RecentIds(["a", "b"])
    others.update(ids)
    assert len(others) == limits.RECENT_IDS
    assert "a" not in others


@given(st.lists(st.tuples(st.sampled_from(["member", "coach", "expert", "system"]), st.text())))
def test_history_is_the_newest_lines_in_their_order(said):
    lines = [
        HistoryLine(speaker, text, "Asha", f"item-{number}/{speaker}")
        for number, (speaker, text) in enumerate(said)
    ]
    messages = history_messages(lines)
    assert len(messages) <= limits.HISTORY_TURNS
    kept = lines[len(lines) - len(messages) :]
    assert sum(len(line.text) for line in kept) <= limits.HISTORY_MAX_CHARS
    roles = {"member": "user", "coach": "assistant", "expert": "system", "system": "system"}
    assert [message.role for message in messages] == [roles[line.speaker] for line in kept]
    assert all(line.text in m.text for line, m in zip(kept, messages, strict=True))
    assert [item_told_by(message.event_id) for message in messages] == [li.item_id for li in kept]
    assert len({message.event_id for message in messages}) == len(messages)


@pytest.mark.parametrize(
    "url",
    [
        "ws://127.0.0.1:9/v1",
        "http://[::1]/",
        "ws://10.0.0.7/",
        "ws://engine:8200/v1/realtime",
        "http://ollama.local./v1",
        "http://box.lan/",
        "http://localhost/",
    ],
)
def test_private_hosts(url):
    assert is_private_host(url)


@pytest.mark.parametrize(
    "url", ["wss://api.openai.com/v1/realtime", "http://8.8.8.8/", "https://local.example.org/"]
)
def test_public_hosts(url):
    assert not is_private_host(url)


async def test_cancelled_tasks_have_ended_whatever_they_raise():
    ended = []

    async def stubborn():
        try:
            await asyncio.sleep(60)
        finally:
            await asyncio.sleep(0)
            ended.append("stubborn")
            raise RuntimeError("on the way out")

    tasks = [asyncio.create_task(stubborn()), asyncio.create_task(asyncio.sleep(60))]
    await asyncio.sleep(0)
    await cancel(tasks)
    assert all(task.done() for task in tasks)
    assert ended == ["stubborn"]


def test_every_limit_says_its_unit_or_counts_things():
    names = [name for name in dir(limits) if name.isupper()]
    units = ("_S", "_MS", "_BYTES", "_CHARS", "_FRAMES", "_IDS", "_MESSAGES", "_QUEUE", "_SHARE")
    counts = {
        *("BARGE_IN_LOUD", "BYTES_PER_MS", "CONFIGURE_TRIES", "ENGINES_PER_ANSWER"),
        *("DICTATION_OPEN", "FASTEST_SPEED", "LIVE_INDEX", "SLOWEST_SPEED"),
        *("HISTORY_NOTES", "HISTORY_TURNS", "NOTE_ROUNDS", "PENDING_REQUESTS", "QUIRKS_SERVERS"),
        "REFUSALS",
        *("SPEECH_MAX_CHARS_PER_S", "SPEECH_MS_PER_CHAR", "TOOLS_AT_ONCE", "TOOL_ROUNDS"),
        "TOOL_EFFECTS",
        *(
            "TOOL_ROUNDS_SILENT",
            "TYPED_AT_ONCE",
            "UNANSWERED_CREATES",
            "UNSPOKEN_RESULTS",
        ),
    }
    assert [name for name in names if not name.endswith(units) and name not in counts] == []
    assert all(getattr(limits, name) > 0 for name in names)


def test_the_map_of_the_room_names_every_module():
    room = Path(coach.voice.__file__).parent
    named = set(re.findall(r"`([\w/]+(?:\.py|/))`", coach.voice.__doc__))
    there = {path.name for path in room.glob("*.py")} - {"__init__.py", "types.py"}
    there |= {f"{path.name}/" for path in room.iterdir() if (path / "__init__.py").exists()}
    assert there == named


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:4700::6810:84e5", "::ffff:8.8.8.8"])
def test_addresses_of_the_open_internet(address):
    assert is_public_address(address)


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0"),
        *("100.64.0.1", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1%eth0", "fd00::1"),
        *("ff02::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "localhost", ""),
        *("::7f00:1", "fec0::1", "::ffff:0:7f00:1", "64:ff9b:1::7f00:1"),
    ],
)
def test_addresses_that_strangers_may_not_name(address):
    assert not is_public_address(address)
