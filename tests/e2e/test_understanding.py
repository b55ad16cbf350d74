"""Twelve things that people say to a coach, spoken and typed, and the rows that come of them."""

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser_talk import open_talk, turns, wait_for_silence, wait_for_turn
from tests.support.product import Product

FACTS = """
    SELECT value FROM people_healthfact
    WHERE noted_at IS NOT NULL AND replace(session_id, '-', '') = ?
"""
WEIGHTS = "SELECT value FROM people_measurement WHERE kind = ? AND replace(session_id, '-', '') = ?"
REMINDERS = "SELECT text, at FROM reminders_reminder WHERE replace(session_id, '-', '') = ?"
CALLS = "SELECT code FROM handoff_escalation WHERE replace(session_id, '-', '') = ?"
ITEMS = """
    SELECT item.name, item.grams FROM nutrition_mealitem item
    JOIN nutrition_meal meal ON meal.id = item.meal_id
    WHERE meal.deleted_at IS NULL AND replace(meal.session_id, '-', '') = ? ORDER BY item.id
"""


def grams(product: Product, session: str, food: str) -> float:
    (row,) = [row for row in product.rows(ITEMS, session) if food in row["name"].lower()]
    return float(row["grams"])


def say(page: Page, words: str, answer: str) -> str:
    """Type `words`; returns the coach's next turn, which matches `answer`."""
    wait_for_silence(page)
    before = len(turns(page, "coach"))
    page.locator("#say").fill(words)
    page.locator("#say").press("Enter")
    expect(page.locator(".turn--coach[data-seq]").nth(before)).to_be_visible(timeout=25_000)
    return wait_for_turn(page, "coach", answer)


def test_what_people_say_becomes_rows_answers_and_offers(product, someone):
    page = someone(
        "member",
        says=[
            (9, "I had two eggs and a banana for lunch."),
            (22, "What should I eat tonight?"),
            (42, "When did I last eat fish?"),
        ],
    )
    session = open_talk(page).replace("-", "")
    wait_for_turn(page, "coach", "logged")
    wait_for_turn(page, "coach", "you could have", seconds=30)
    wait_for_turn(page, "coach", "fish", seconds=35)

    say(page, "two tacos and a lemonade for dinner", "tacos")
    two = grams(product, session, "taco")
    say(page, "no, three tacos", "three tacos")
    assert grams(product, session, "taco") == pytest.approx(1.5 * two)
    eaten = product.rows(ITEMS, session)

    say(page, "I weigh 82 kilos", "82")
    assert [row["value"] for row in product.rows(WEIGHTS, "weight", session)] == [82]
    say(page, "I'm allergic to sesame", "shall i note")
    assert product.rows(FACTS, session) == []
    say(page, "yes please", "noted")
    assert [row["value"] for row in product.rows(FACTS, session)] == ["sesame"]

    say(page, "remind me to drink water at eight", "remind you")
    (reminder,) = product.rows(REMINDERS, session)
    assert "water" in reminder["text"]

    say(page, "can I have a mango?", "mango")
    say(page, "is peanut butter okay for me?", "allergy")
    say(page, "how am I doing this week?", "kilocalories")
    say(page, "I want to lose 10 kilos in two weeks", "one percent")
    say(page, "delete yesterday's supper", "nothing for dinner yesterday")
    say(page, "can you speak Spanish?", "english")
    # What asks, plans or orders wrote no food and called nobody.
    assert product.rows(ITEMS, session) == eaten
    assert product.rows(CALLS, session) == []
    say(page, "put me through to somebody", "dietitian")
    assert [row["code"] for row in product.rows(CALLS, session)] == ["ASK"]
