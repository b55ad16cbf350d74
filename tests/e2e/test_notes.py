"""Voice notes in the browser: recorded, answered, kept while the network is away, sent once."""

import re
import time

from playwright.sync_api import Page, Route, expect

from tests.e2e.test_handoff import accept, at_the_desk, hand_back, take_over
from tests.e2e.test_handoff import write as write_at_desk
from tests.support.browser_talk import turns, wait_for_turn, wait_until_heard
from tests.support.heard import alike

NOTES = re.compile(r"/talk/[0-9a-f-]{36}/notes/$")
OFTEN = """
    SELECT note.client_id, note.state, turn.text
    FROM talk_note note LEFT JOIN talk_turn turn ON turn.id = note.turn_id
    WHERE replace(note.session_id, '-', '') = ? ORDER BY turn.seq
"""


def open_notes(page: Page) -> str:
    """Begin a talk and choose notes; returns the session's id without dashes."""
    page.get_by_role("button", name=re.compile("Talk with Sage")).click()
    page.wait_for_url(re.compile(r"/talk/[0-9a-f-]{36}/"))
    page.get_by_role("button", name="Send voice notes instead").click()
    expect(page.locator("main")).to_have_attribute("data-notes", "note")
    return page.url.rstrip("/").rsplit("/", 1)[-1].replace("-", "")


def record(page: Page, seconds: float) -> None:
    """Tap, let the microphone speak, tap again."""
    page.locator("[data-talk]").click()
    expect(page.locator("main")).to_have_attribute("data-notes", "recording")
    page.wait_for_timeout(seconds * 1000)
    page.locator("[data-talk]").click()
    expect(page.locator("main")).to_have_attribute("data-notes", "note")


def write(page: Page, text: str) -> None:
    page.locator("#say").fill(text)
    page.locator("#say").press("Enter")


def test_a_recorded_note_is_written_down_logged_and_answered_aloud(product, someone):
    page = someone("member", says=[(0.5, "I had two eggs and toast for breakfast.")])
    sockets = []
    page.on("websocket", lambda socket: sockets.append(socket.url))
    session = open_notes(page)
    record(page, 4.0)
    said = wait_for_turn(page, "member", "two eggs", seconds=40)
    wait_for_turn(page, "coach", "egg", seconds=40)
    expect(page.locator("[data-thread] .turn--card").first).to_be_visible()
    names = product.rows(
        "SELECT item.name FROM nutrition_mealitem item JOIN nutrition_meal meal "
        "ON meal.id = item.meal_id ORDER BY item.id DESC LIMIT 4"
    )
    assert any("egg" in row["name"].lower() for row in names), names
    row = product.rows(OFTEN, session)[0]
    assert (row["state"], row["text"]) == ("done", said)
    # The answer was played, and it is sound.
    player = page.locator("[data-sound]").last
    page.wait_for_function("e => e.currentTime > 0.5 || e.ended", arg=player.element_handle())
    loudest = page.evaluate(
        """async (url) => {
          const wav = await (await fetch(url)).arrayBuffer();
          const samples = new Int16Array(wav.slice(44));
          return samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
        }""",
        player.get_attribute("src"),
    )
    assert loudest > 1000
    assert sockets == []


def test_notes_of_a_bad_network_wait_over_a_reload_and_arrive_once_in_order(product, someone):
    page = someone("member", says=[(0.3, "I had a banana.")])
    session = open_notes(page)
    page.context.set_offline(True)
    record(page, 2.5)
    write(page, "log a cup of coffee")
    expect(page.locator("[data-notes-count]")).to_contain_text("2 notes")
    expect(page.locator(".turn--note").first).to_contain_text("Waiting for the network")

    def cut(route: Route) -> None:
        if route.request.method == "POST":
            route.abort()
        else:
            route.continue_()

    page.route(NOTES, cut)  # the page comes, what is sent does not get through
    page.context.set_offline(False)
    page.reload()
    expect(page.locator("[data-notes-count]")).to_contain_text("2 notes", timeout=20_000)
    assert product.rows(OFTEN, session) == []
    page.unroute(NOTES)
    page.evaluate("dispatchEvent(new Event('online'))")
    wait_for_turn(page, "coach", "coffee", seconds=60)
    expect(page.locator("[data-notes-waiting]")).to_be_hidden()
    rows = product.rows(OFTEN, session)
    assert [row["state"] for row in rows] == ["done", "done"]
    assert alike(rows[0]["text"], "I had a banana.")
    assert rows[1]["text"] == "log a cup of coffee"
    assert len(turns(page, "member")) == 2
    page.reload()
    expect(page.locator(".turn--note:not([data-seq])")).to_have_count(0)


def test_an_answer_that_never_came_is_fetched_and_nothing_runs_twice(product, someone):
    page = someone("member")
    session = open_notes(page)
    lost = []

    def lose(route: Route) -> None:
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch().status)  # it arrives, the answer does not
            route.abort()
        else:
            route.continue_()

    page.route(NOTES, lose)
    write(page, "log a banana")
    wait_for_turn(page, "coach", "banana", seconds=60)
    expect(page.locator(".turn--note:not([data-seq])")).to_have_count(0)
    assert lost == [200]
    assert len(product.rows(OFTEN, session)) == 1
    calls = product.rows(
        "SELECT name FROM talk_toolcall WHERE replace(session_id, '-', '') = ?", session
    )
    assert len(calls) == 1


def test_words_of_danger_bring_the_card_and_no_answer_of_a_model(product, someone):
    page = someone("member", says=[(0.5, "I want to kill myself tonight.")])
    session = open_notes(page)
    record(page, 3.5)
    card = page.locator("[data-card=crisis]")
    expect(card).to_be_visible(timeout=40_000)
    expect(card.locator("a[href^='tel:']").first).to_be_visible()
    expect(page.locator("main")).to_have_attribute("data-floor", "safety_hold")
    expect(page.locator("[data-state-words]")).to_contain_text("On hold")
    coach = turns(page, "coach")
    scripts = product.rows(
        "SELECT spoken FROM talk_directive WHERE kind = 'script' "
        "AND replace(session_id, '-', '') = ?",
        session,
    )
    assert coach == [row["spoken"] for row in scripts]
    assert page.locator("[data-sound]").count() == 0


def test_while_a_person_is_there_notes_reach_them_and_no_coach_answers(product, someone):
    desk = at_the_desk(someone)
    member = someone("member", says=[(0.5, "I feel bloated after dinner.")])
    open_notes(member)
    member.locator("button[data-person]").click()
    member.locator("#ask").get_by_role("button", name="Call a person").click()
    expect(desk.locator(".offer")).to_be_visible(timeout=20_000)
    accept(desk)
    take_over(desk)
    write_at_desk(desk, "Hello Maya, I am Asha.")
    wait_for_turn(member, "expert", "I am Asha", seconds=20)
    expect(member.locator("[data-state-words]")).to_contain_text("is with you")
    record(member, 3.0)
    heard = wait_until_heard(member, "I feel bloated after dinner.", seconds=60)
    expect(desk.locator("#case-thread")).to_contain_text(heard)
    member.wait_for_timeout(2_000)
    assert turns(member, "coach") == []
    assert member.locator("[data-sound]").count() == 0
    hand_back(desk, "Please keep dinners small.")


def test_signing_out_leaves_no_note_on_the_device(product, someone):
    page = someone("member")
    open_notes(page)
    page.route(NOTES, lambda route: route.abort())
    write(page, "log a banana")
    expect(page.locator("[data-notes-count]")).to_contain_text("One note")
    count = """() => new Promise((resolve) => {
      const asked = indexedDB.open("coachline-notes", 1);
      asked.onsuccess = () => {
        const all = asked.result.transaction("notes").objectStore("notes").count();
        all.onsuccess = () => { asked.result.close(); resolve(all.result); };
      };
    })"""
    assert page.evaluate(count) == 1
    page.locator("form[data-signout]").evaluate("form => form.requestSubmit()")
    page.wait_for_url(re.compile(r"://[^/]+/$"))
    assert page.evaluate(count) == 0


def test_a_note_of_a_talk_that_is_over_may_go_into_the_next(product, someone):
    page = someone("member")
    open_notes(page)
    page.route(NOTES, lambda route: route.abort())
    write(page, "log a banana")
    expect(page.locator("[data-notes-count]")).to_contain_text("One note")
    page.goto(f"{product.url}/talk/")
    page.unroute(NOTES)
    page.get_by_role("button", name=re.compile("Talk with Sage")).click()
    page.wait_for_url(re.compile(r"/talk/[0-9a-f-]{36}/"))
    left = page.locator("[data-notes-left]")
    expect(left).to_contain_text("was not sent")
    left.get_by_role("button", name="Send here").click()
    wait_for_turn(page, "coach", "banana", seconds=60)
    expect(left).to_be_hidden()


def test_notes_fit_a_phone_and_the_live_line_is_one_tap_away(product, someone):
    page = someone("member", width=390)
    open_notes(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator("[data-talk]").click()
    expect(page.locator("main")).to_have_attribute("data-notes", "recording")
    page.keyboard.press("Escape")
    expect(page.locator("main")).to_have_attribute("data-notes", "note")
    time.sleep(0.5)
    assert page.locator(".turn--note").count() == 0
    page.get_by_role("button", name="Talk live instead").click()
    expect(page.locator("main")).to_have_attribute(
        "data-state", re.compile("listening|speaking|thinking"), timeout=20_000
    )
