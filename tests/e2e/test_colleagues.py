"""Experts write to each other beside a talk, and agree on a day with its member."""

import re
import sqlite3
from contextlib import closing

from playwright.sync_api import expect

from tests.e2e.test_handoff import accept, at_the_desk, take_over, write
from tests.support.browser_talk import open_talk, wait_for_turn
from tests.support.product import Product

SECRET = "is her potassium safe?"


def make_expert_of_admin(product: Product) -> None:
    """A second expert: as the dietitian, another person."""
    with closing(sqlite3.connect(product.database, timeout=20)) as base, base:
        [admin] = base.execute("SELECT id FROM people_user WHERE is_superuser").fetchone()
        columns = [row[1] for row in base.execute("PRAGMA table_info(handoff_expert)")]
        kept = [name for name in columns if name not in ("id", "user_id")]
        names = ", ".join(f'"{name}"' for name in kept)
        base.execute(
            f"INSERT OR IGNORE INTO handoff_expert (user_id, {names}) "
            f"SELECT ?, {names} FROM handoff_expert ORDER BY id LIMIT 1",
            [admin],
        )
        base.execute("UPDATE handoff_expert SET supervisor = 0 WHERE user_id = ?", [admin])


def test_a_colleague_is_called_in_by_a_note_and_a_day_is_agreed_with_the_member(product, someone):
    make_expert_of_admin(product)
    desk = at_the_desk(someone)
    member = someone("member")
    open_talk(member)
    member.locator("button[data-person]").click()
    member.locator("#ask").get_by_role("button", name="Call a person").click()
    accept(desk)
    take_over(desk)
    write(desk, "Hello Maya, I am Asha.")
    wait_for_turn(member, "expert", "I am Asha")

    # Alt+P leads from the member's box to the colleagues', and one box is there at a time.
    desk.locator("#composer-text").press("Alt+p")
    note = desk.locator("#note-text")
    expect(note).to_be_focused()
    expect(desk.locator("#composer-text")).to_be_hidden()
    note.press_sequentially("@")
    expect(desk.locator("[data-mentions]")).to_be_visible()
    note.press("Enter")
    note.press_sequentially(SECRET)
    note.press("Enter")
    expect(desk.locator("#case-thread .turn--note")).to_contain_text(SECRET)
    expect(desk.locator("[data-note-sent]")).to_contain_text("told")
    note.press("Escape")
    expect(desk.locator("#composer-text")).to_be_visible()

    colleague = someone("admin")
    colleague.goto(f"{product.url}/desk/")
    called = colleague.locator(".desk__mention")
    called.click()
    expect(colleague.locator("#case-thread .turn--note")).to_contain_text(SECRET)
    expect(called).to_be_hidden()

    desk.locator("[data-dialog=hand-back]").click()
    desk.locator("#note").fill("Her evenings are calm.")
    desk.locator("#hand-back [name=again]").select_option("3")
    expect(desk.locator("#hand-back [name=again_on]")).to_be_hidden()
    desk.locator("#hand-back").get_by_role("button", name="Hand back").click()
    card = member.locator("[data-card=follow_up]")
    expect(card).to_contain_text(re.compile("Asha gets back to you on \\w+day"))
    card.get_by_role("button", name="No longer needed").click()
    expect(card).to_contain_text("Nobody gets back to you")
    assert SECRET not in member.content()
