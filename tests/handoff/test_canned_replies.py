"""Ready sentences: seeded in five languages, edited in the console, inserted at the desk."""

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse

from handoff import actions
from handoff.actions.reviewing import review
from handoff.models import CannedReply
from handoff.safety.reviewed import replies

pytestmark = pytest.mark.django_db
LANGUAGES = {"en", "es", "fr", "de", "ko"}


def test_each_sentence_is_there_in_each_language():
    by_key = {}
    for row in replies():
        by_key.setdefault(row["key"], set()).add(row["language"])
        assert row["text"].count("{") == row["text"].count("{name}")
        assert len(row["text"]) <= 600
    assert len(by_key) == 12
    assert all(languages == LANGUAGES for languages in by_key.values())
    assert CannedReply.objects.count() == 60


def test_what_is_not_translated_is_there_in_english():
    CannedReply.objects.filter(key="hello", language="ko").update(active=False)
    shown = {row.key: row.language for row in CannedReply.objects.in_language("ko")}
    assert (shown["hello"], shown["doctor"], len(shown)) == ("en", "ko", 12)
    assert {row.language for row in CannedReply.objects.in_language("pt")} == {"en"}


def test_the_box_to_the_member_offers_them_in_the_language_of_the_talk(
    client, make_session, make_expert
):
    session, expert = make_session("Noor"), make_expert(languages={"fr": "fluent"})
    session.brief["language"] = "fr"
    session.save(update_fields=["brief"])
    case = actions.claim(actions.raise_escalation(session, "ASK", 3, "x"), expert)
    type(case).objects.update(language="fr")
    client.force_login(expert.user)
    page = reverse("handoff:case", args=[case.pk])
    assert "data-replies" not in client.get(page).content.decode()
    actions.take_floor(case, expert, "text")
    shown = client.get(page).content.decode()
    assert "Bonjour Noor, je suis là maintenant." in shown
    assert "I have read what you wrote" in shown  # what it says, for who reads no French


def test_the_desk_marks_what_nobody_has_reviewed(client, make_session, asha):
    hello = CannedReply.objects.get(key="hello", language="en")
    review([hello], asha.user)
    case = actions.claim(actions.raise_escalation(make_session(), "ASK", 3, "x"), asha)
    actions.take_floor(case, asha, "text")
    client.force_login(asha.user)
    shown = client.get(reverse("handoff:case", args=[case.pk])).content.decode()
    assert shown.count("reviewed by nobody") == 11
    hello.refresh_from_db()
    assert f"reviewed {hello.reviewed_on.day}" in shown


def test_a_review_is_of_the_text_that_was_read(asha):
    read = CannedReply.objects.get(key="hello", language="en")
    CannedReply.objects.filter(pk=read.pk).update(text="Another one.")
    assert review([read], asha.user) == 0
    read.refresh_from_db()
    assert read.reviewed_on is None


def test_the_console_reviews_and_a_change_takes_the_review_away(admin_client, admin_user):
    hello = CannedReply.objects.get(key="hello", language="en")
    listed = reverse("admin:handoff_cannedreply_changelist")
    admin_client.post(listed, {"action": "mark_reviewed", "_selected_action": [hello.pk]})
    hello.refresh_from_db()
    assert (hello.reviewed_by, hello.reviewed_on is not None) == (admin_user, True)
    page = reverse("admin:handoff_cannedreply_change", args=[hello.pk])
    form = {"key": "hello", "language": "en", "title": "Hello", "order": "0", "active": "on"}
    admin_client.post(page, form | {"text": hello.text})
    hello.refresh_from_db()
    assert hello.reviewed_by == admin_user
    admin_client.post(page, form | {"text": "Hello {name}."})
    hello.refresh_from_db()
    assert (hello.text, hello.reviewed_by, hello.reviewed_on) == ("Hello {name}.", None, None)


def test_a_date_from_before_reviews_had_a_name_is_no_review(asha):
    review(CannedReply.objects.filter(key="hello"), asha.user)
    CannedReply.objects.exclude(key="hello").update(reviewed_on=date(2026, 1, 3))
    import_module("handoff.migrations.0024_reviewed_replies").forget_unsigned(apps, None)
    reviewed = CannedReply.objects.exclude(reviewed_on=None)
    assert set(reviewed.values_list("key", flat=True)) == {"hello"}
