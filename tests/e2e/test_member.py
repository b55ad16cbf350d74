"""A member speaks with the coach: real speech into the microphone, real rows out of it."""

import re

from playwright.sync_api import expect

from tests.support.browser_talk import audio, open_talk, turns, wait_for_silence, wait_for_turn

ITEMS = """
    SELECT item.name, item.grams, item.kcal, item.protein_g FROM nutrition_mealitem item
    JOIN nutrition_meal meal ON meal.id = item.meal_id
    WHERE meal.deleted_at IS NULL AND replace(meal.session_id, '-', '') = ? ORDER BY item.position
"""


def test_a_meal_is_spoken_shown_asked_about_changed_and_undone(product, someone):
    """Greeted by name, heard, a card from the row that was written, totals and changes."""
    page = someone(
        "member",
        says=[
            (8.5, "I had two eggs and a slice of toast for breakfast."),
            (22, "How much protein have I had today?"),
            (33, "Make that three eggs."),
            (44, "Delete the toast."),
            (55, "What's my target?"),
        ],
    )
    session = open_talk(page).replace("-", "")
    wait_for_turn(page, "coach", "Maya")
    assert any(change["state"] == "audible" for change in audio(page))

    wait_for_turn(page, "member", "eggs")
    card = page.locator("[data-meal-card]").last
    expect(card).to_be_visible(timeout=20_000)
    expect(card.get_by_role("row", name=re.compile("egg", re.I))).to_be_visible()
    expect(card.get_by_role("button", name="Undo")).to_be_visible()
    rows = product.rows(ITEMS, session)
    assert [round(row["grams"]) for row in rows][:1] == [100], rows
    assert len(rows) == 2
    expect(card).to_contain_text(str(round(rows[0]["kcal"])))
    said = wait_for_turn(page, "coach", "logged")
    assert said.count(".") <= 2

    wait_for_turn(page, "coach", "grams? of protein")
    wait_for_turn(page, "coach", "three eggs", seconds=30)
    assert round(product.rows(ITEMS, session)[0]["grams"]) == 150
    product.wait_for_row(
        ITEMS.replace(
            "ORDER BY",
            "AND NOT EXISTS (SELECT 1 FROM nutrition_mealitem other "
            "WHERE other.meal_id = meal.id AND other.name LIKE '%toast%') ORDER BY",
        ),
        session,
        seconds=30,
    )
    wait_for_turn(page, "coach", "target", seconds=30)

    page.get_by_role("button", name="Undo").last.click()
    product.wait_for_row(
        ITEMS.replace("ORDER BY", "AND item.name LIKE '%toast%' ORDER BY"), session
    )


def test_the_totals_of_the_day_move(product, someone):
    page = someone("member")
    open_talk(page)
    wait_for_silence(page)
    side = page.locator("[data-refetch~=day]")
    before = side.inner_text()
    page.locator("#say").fill("log a banana")
    page.locator("#say").press("Enter")
    wait_for_turn(page, "coach", "banana")
    expect(side).not_to_have_text(before)


def test_talking_over_the_coach_silences_it_and_keeps_only_what_was_heard(product, someone):
    """Nothing of the coach is heard 300 ms after the member starts to speak."""
    page = someone("member", says=[(2.0, "Wait a moment, please stop talking now.")])
    open_talk(page)  # the greeting is being spoken when the member starts
    cut = page.locator(".turn--coach[data-seq]").filter(
        has=page.locator(".turn__cut:not([hidden])")
    )
    expect(cut.first).to_be_visible(timeout=20_000)
    heard = cut.first.locator(".turn__text").inner_text()
    greeting = product.rows(
        "SELECT json_extract(brief, '$.greeting') g FROM talk_session "
        "ORDER BY started_at DESC LIMIT 1"
    )[0]["g"]
    assert len(heard) < len(greeting)
    started = next(c for c in audio(page) if c["state"] == "mic")
    silent = [c for c in audio(page) if c["state"] == "silent" and c["at"] > started["at"]]
    assert silent, audio(page)
    assert silent[0]["at"] - started["at"] <= 300


def test_everything_works_by_typing_at_phone_width(product, someone):
    page = someone("member", width=390)
    open_talk(page)
    wait_for_silence(page)
    page.locator("[data-type]").click()
    page.locator("#say").fill("how much protein is in an egg")
    page.locator("#say").press("Enter")
    wait_for_turn(page, "coach", "protein")
    assert turns(page, "member")[-1] == "how much protein is in an egg"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
