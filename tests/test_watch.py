"""What is looked at together: by one task, while there is anything, whatever a look meets."""

import asyncio

from coach import watch as module
from coach.watch import Watch


async def until(condition):
    async with asyncio.timeout(15):
        while not condition():  # noqa: ASYNC110
            await asyncio.sleep(0.005)


async def test_all_are_looked_at_together_and_nobody_once_they_have_left():
    seen = []

    async def look(members):
        seen.append(sorted(members))

    watch = Watch("test", look, every=lambda: 0.01)
    watch.add("a")
    watch.add("b")
    await until(lambda: ["a", "b"] in seen)
    watch.discard("a")
    await until(lambda: seen[-1] == ["b"])
    watch.discard("b")
    await asyncio.sleep(0.05)
    count = len(seen)
    await asyncio.sleep(0.05)
    assert len(seen) == count
    watch.add("c")
    await until(lambda: seen[-1] == ["c"])
    watch.discard("c")


async def test_a_look_that_fails_is_told_and_holds_up_no_other(monkeypatch):
    told, looked = [], []

    async def broken(members):
        raise ZeroDivisionError

    async def whole(members):
        looked.append(members)

    monkeypatch.setattr(module.log, "error", lambda event, **fields: told.append(fields))
    watch = Watch("test", broken, whole, every=lambda: 0.01)
    watch.add("a")
    await until(lambda: len(looked) > 1)
    watch.discard("a")
    assert told[0] == {"watch": "test", "error": "ZeroDivisionError"}
