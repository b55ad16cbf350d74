"""A teacher writes a lesson in its form, by keys as well, and loses nothing on the way."""

from playwright.sync_api import expect


def test_a_lesson_is_written_in_its_form(product, someone):
    page = someone("dietitian")
    refused = []
    page.on("console", lambda line: refused.append(line.text) if line.type == "error" else None)
    page.goto(f"{product.url}/lessons/teach/lessons/new/")
    page.locator("select[name=source]").select_option("train-ticket")
    page.get_by_role("button", name="Begin").click()
    page.wait_for_url("**/teach/lessons/own-*/")
    address = page.url

    # A row is added, moved by keys with the focus in it, taken away and put back.
    phrases = page.locator('[data-rows="phrases"]')
    rows = phrases.locator("[data-row]")
    count = rows.count()
    phrases.get_by_role("button", name="Add a phrase").click()
    added = page.locator(f"[name=phrases-{count}-phrase]")
    expect(added).to_be_focused()
    page.keyboard.type("One more, please.")
    page.keyboard.press("Alt+ArrowUp")
    moved = page.locator(f"[name=phrases-{count - 1}-phrase]")
    expect(moved).to_be_focused()
    expect(moved).to_have_value("One more, please.")
    expect(page.locator("[data-told]")).to_have_text(f"Now row {count} of {count + 1}.")
    first = page.locator("[name=phrases-0-phrase]").input_value()
    rows.first.get_by_role("button", name="Remove").focus()
    page.keyboard.press("Enter")
    expect(phrases.get_by_role("button", name="Put it back")).to_be_focused()
    expect(rows).to_have_count(count)
    page.keyboard.press("Enter")
    expect(page.locator("[name=phrases-0-phrase]")).to_have_value(first)

    # A choice has rows of its own, which are numbered with it.
    slots = page.locator('[data-rows="slots"]')
    choices = slots.locator("> [data-list] > [data-row]")
    there = choices.count()
    slots.locator("> .cluster > [data-add]").click()
    page.keyboard.type("seat")
    choices.last.locator("[data-add]").click()
    page.keyboard.type("window seat")
    choices.last.locator("> fieldset > .editor-tools > [data-move=up]").click()
    expect(page.locator(f"[name=slots-{there - 1}-words-0-word]")).to_have_value("window seat")

    # What is typed is there after a reload, with its rows; then it is saved, and checked.
    page.locator("[name=scene-title]").fill("To the sea")
    page.wait_for_timeout(600)
    page.reload()
    expect(page.locator("[data-draft-told]")).to_be_visible()
    expect(page.locator("[name=scene-title]")).to_have_value("To the sea")
    expect(moved).to_have_value("One more, please.")
    expect(page.locator(f"[name=slots-{there - 1}-words-0-word]")).to_have_value("window seat")
    page.get_by_role("button", name="Save and check").click()
    expect(page.locator("[data-mend]")).to_be_visible(timeout=30_000)
    expect(page.locator("h1")).to_have_text("To the sea")
    expect(page.locator(f"#id_phrases-{count - 1}-es_error")).to_contain_text("no translation")
    page.get_by_role("button", name="Show the next").click()
    expect(page.locator("[aria-invalid=true]").first).to_be_focused()

    # The text says the same, and the preview shows it.
    page.locator(".editor-tabs").get_by_text("Text").click()
    assert '"window seat" = {}' in page.locator("[data-lesson-text]").input_value()
    page.locator(".editor-tabs").get_by_text("Preview").click()
    expect(page.locator(".editor-preview h1")).to_have_text("To the sea")
    page.goto(address)
    page.get_by_role("button", name="Undo the last save").click()
    expect(page.locator("[name=scene-title]")).not_to_have_value("To the sea")
    assert refused == []
