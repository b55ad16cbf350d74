"""Two experts help one member, from the flag to the sentence with which the coach goes on."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.test_handoff import at_the_desk, write
from tests.support.browser_talk import (
    open_talk,
    turns,
    wait_for_level,
    wait_for_turn,
)

FLAGGED = "I throw up after meals."
ORDER = "No calorie numbers."
SECRET = "is her potassium safe?"
PASSED_ON = "She has not eaten since yesterday."
JO_SAYS = "I am here. What did you eat this morning?"
MEMBER_SAYS = "Hello, can you hear me?"
FIRST_WORDS = "Jo asks you to see your doctor on Monday."
KEPT = "She sees her doctor on Monday."
THANKS = "Thank you both."


@pytest.mark.usefixtures("second_expert")
def test_two_experts_guide_write_pass_on_speak_and_hand_back(product, someone):
    """What they write to each other the member never sees; after the end nobody reads on."""
    asha = at_the_desk(someone)
    # Until they are muted, however long the machine takes for what comes before.
    speaks = [(float(at), MEMBER_SAYS) for at in range(14, 180, 4)]
    member = someone("member", says=speaks, voice="en-us")
    session = open_talk(member)
    type_in(member, FLAGGED)
    wait_for_turn(member, "member", FLAGGED)
    accepts_and_guides(asha)
    takes_over_in_writing(asha, member)
    jo = comes_to_the_desk(product, someone)
    is_called_in_by_a_note(asha, jo)
    passes_on_warm(asha, jo)
    speaks_with(jo, member)
    hands_back(jo)
    said = wait_for_turn(member, "coach", "doctor on Monday")
    assert said == FIRST_WORDS
    takes_back_the_day(member)
    type_in(member, THANKS)
    wait_for_turn(member, "member", THANKS)
    reads_on_no_more(jo)
    assert SECRET not in member.content()
    assert PASSED_ON not in member.content()
    [case] = product.rows(
        "SELECT state, outcome, flag_right, first_words, note_for_coach "
        "FROM handoff_escalation WHERE replace(session_id, '-', '') = ?",
        session.replace("-", ""),
    )
    assert case == {
        "state": "resolved",
        "outcome": "referred",
        "flag_right": "too_low",
        "first_words": FIRST_WORDS,
        "note_for_coach": KEPT,
    }


def type_in(member: Page, text: str) -> None:
    member.locator("#say").fill(text)
    member.locator("#say").press("Enter")


def accepts_and_guides(asha: Page) -> None:
    """By keyboard alone."""
    offer = asha.locator(".offer")
    expect(offer).to_contain_text(FLAGGED)
    asha.keyboard.press("a")
    expect(asha.locator("[data-case-view]")).to_be_visible()
    asha.keyboard.press("g")
    box = asha.locator("#composer-text")
    expect(asha.locator("[data-floor=guided]")).to_be_visible()
    expect(box).to_be_focused()
    asha.keyboard.type(ORDER)
    expect(asha.locator("[data-foreseen]")).to_contain_text("Holds")
    asha.keyboard.press("Enter")
    expect(asha.locator(".guided__item--holds")).to_contain_text(ORDER)
    asha.keyboard.press("Escape")


def takes_over_in_writing(asha: Page, member: Page) -> None:
    asha.keyboard.press("t")
    expect(asha.locator("[data-floor=expert]")).to_be_visible()
    write(asha, "Hello Maya, I am Asha.")
    wait_for_turn(member, "expert", "I am Asha")


def comes_to_the_desk(product, someone) -> Page:
    jo: Page = someone("admin", says=[(2.0, JO_SAYS), (12.0, JO_SAYS)])
    jo.goto(f"{product.url}/desk/")
    jo.get_by_role("button", name="Go available").click()
    expect(jo.locator("[data-status=available]")).to_be_visible()
    return jo


def is_called_in_by_a_note(asha: Page, jo: Page) -> None:
    # Alt+P leads from the member's box to the colleagues', and one box is there at a time.
    asha.locator("#composer-text").press("Alt+p")
    note = asha.locator("#note-text")
    expect(note).to_be_focused()
    expect(asha.locator("#composer-text")).to_be_hidden()
    note.press_sequentially("@j")
    expect(asha.locator("[data-mentions]")).to_be_visible()
    note.press("Enter")
    note.press_sequentially(SECRET)
    note.press("Enter")
    expect(asha.locator("[data-note-sent]")).to_contain_text("told")
    note.press("Escape")
    called = jo.locator(".desk__mention")
    called.click()
    expect(jo.locator("#case-thread .turn--note")).to_contain_text(SECRET)
    expect(called).to_be_hidden()


def passes_on_warm(asha: Page, jo: Page) -> None:
    """The member is never alone: who passes on writes until the other has the floor."""
    asha.keyboard.press("p")
    dialog = asha.locator("#pass-on")
    dialog.locator("label", has_text="Jo").click()
    dialog.locator("#pass-on-note").fill(PASSED_ON)
    dialog.get_by_role("button", name="Ask them").click()
    expect(dialog).to_be_hidden()
    offer = jo.locator(".offer")
    expect(offer).to_contain_text("from a colleague")
    expect(offer).to_contain_text(PASSED_ON)
    jo.keyboard.press("a")
    expect(jo.locator(".case__passed")).to_contain_text(PASSED_ON)
    expect(asha.locator(".case__passed")).to_contain_text("You stay until they take over")
    write(asha, "My colleague Jo goes on with you.")


def speaks_with(jo: Page, member: Page) -> None:
    """Each hears the other."""
    jo.keyboard.press("v")
    words = member.locator("[data-state-words]")
    expect(words).to_have_text(re.compile("Jo, .*is speaking with you"))
    wait_for_level(member, "playedRms")
    wait_for_turn(member, "expert", "morning|eat")
    wait_for_level(jo, "liveRms")
    member.locator("[data-mute]").click()  # nobody speaks over the coach's sentence


def hands_back(jo: Page) -> None:
    jo.keyboard.press("h")
    dialog = jo.locator("#hand-back")
    dialog.locator("#first-words").fill(FIRST_WORDS)
    dialog.locator("#note").fill(KEPT)
    dialog.locator("#outcome").select_option("referred")
    dialog.locator("[name=again]").select_option("3")
    expect(dialog.locator("[name=again_on]")).to_be_hidden()
    dialog.locator("label", has_text="Too low").click()
    dialog.get_by_role("button", name="Hand back").click()
    expect(dialog).to_be_hidden()


def takes_back_the_day(member: Page) -> None:
    card = member.locator("[data-card=follow_up]")
    expect(card).to_contain_text(re.compile("Jo gets back to you on \\w+day"))
    card.get_by_role("button", name="No longer needed").click()
    expect(card).to_contain_text("Nobody gets back to you")


def reads_on_no_more(jo: Page) -> None:
    """Neither on the open page, nor on a new one."""
    case = jo.locator("[data-case-view]")
    expect(case).to_contain_text("This case is closed.")
    assert FIRST_WORDS not in " ".join(turns(jo, "coach"))
    jo.reload()
    thread = jo.locator("#case-thread")
    expect(thread).to_contain_text("has handed back to")
    expect(thread).not_to_contain_text(FIRST_WORDS)
    expect(thread).not_to_contain_text(THANKS)
