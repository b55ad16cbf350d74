"""An expert takes over by voice: two browsers whose microphones speak, and both hear the other."""

import re
import statistics
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.e2e.test_handoff import accept
from tests.support.browser_talk import (
    audio,
    open_talk,
    turns,
    wait_for_level,
    wait_for_silence,
    wait_for_turn,
    wait_until_heard,
)

MOUTH = (Path(__file__).parents[1] / "support" / "mouth.js").read_text()
FRAME_MS = 20  # the first sample of a frame is so much older than its sending
BITES = "I had two eggs for breakfast."
ASKS = "I am Asha. What did you eat this morning?"
PULSES = [(7 + 0.9 * number, "Go.") for number in range(6)]


def at_the_desk(someone) -> Page:
    desk = someone("dietitian", says=[(3.0, ASKS), *PULSES])
    desk.add_init_script(MOUTH)
    desk.reload()
    available = desk.get_by_role("button", name="Go available")
    if available.count():
        available.click()
    expect(desk.locator("[data-status=available]")).to_be_visible()
    return desk


def call_a_person(member: Page) -> None:
    member.locator("button[data-person]").click()
    member.locator("#ask").get_by_role("button", name="Call a person").click()


def latencies(member: Page, desk: Page) -> list[float]:
    """From the expert's microphone to the member's loudspeaker, in milliseconds.

    From the first sample of a sent frame that is no silence to the block in which the member's
    worklet renders sound: both pages have one machine's clock.
    """
    origin = member.evaluate("performance.timeOrigin")
    heard = [
        origin + float(str(change["at"]))
        for change in audio(member)
        if change["state"] == "audible"
    ]
    delays = []
    for said in desk.evaluate("window.__said"):
        after = [at - (said - FRAME_MS) for at in heard if 0 < at - (said - FRAME_MS) < 800]
        delays += after[:1]
    return delays


def test_an_expert_speaks_with_the_member_and_both_are_heard_and_written_down(product, someone):
    desk = at_the_desk(someone)
    member = someone("member", says=[(at, BITES) for at in (13, 20, 27)])
    open_talk(member)
    wait_for_silence(member)
    call_a_person(member)
    accept(desk)
    desk.locator("[data-modes] [value=voice]").click()
    words = member.locator("[data-state-words]")
    expect(words).to_have_text("Asha, dietitian, is speaking with you", timeout=20_000)
    lamp = desk.locator("[data-voice-panel]")
    expect(lamp).to_have_attribute("data-lamp", "heard", timeout=20_000)
    coach_turns = len(turns(member, "coach"))

    wait_for_level(member, "playedRms")
    asked = wait_for_turn(member, "expert", "morning|eat")
    expect(desk.locator("#case-thread .turn--expert").first).to_contain_text(asked)
    wait_for_level(desk, "liveRms")
    said = wait_until_heard(member, BITES, seconds=30)
    expect(desk.locator("#case-thread")).to_contain_text(said)
    desk.wait_for_function("() => window.__said.length >= 6", timeout=20_000)
    delays = latencies(member, desk)
    assert len(delays) >= 4
    print(
        f"one way: median {statistics.median(delays):.0f} ms, "
        f"{min(delays):.0f} to {max(delays):.0f}, of {len(delays)}; "
        f"gaps {member.locator('main').get_attribute('data-live-gaps')}"
    )
    assert len(turns(member, "coach")) == coach_turns  # it has heard all, and said nothing

    desk.close()  # the expert is lost
    # What the coach says then the member may speak over.
    wait_for_turn(member, "system", "connection to Asha was lost", seconds=50)
    expect(member.locator("main[data-page=talk]")).to_have_attribute(
        "data-floor", re.compile("coach_waiting")
    )
