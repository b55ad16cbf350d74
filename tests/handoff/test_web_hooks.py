"""Web hooks: what they are told, how it is signed, and what becomes of it when nobody answers."""

import json
import re
import textwrap
import threading
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from coach.people.models import User
from coach.talk.actions import end_session
from handoff import actions, sweeper, tasks
from handoff.actions import timers
from handoff.models import DeliveryTry, Outbox, WebHook
from handoff.models.receivers import new_secret
from handoff.outside import outbox, public_http, web_hooks
from handoff.outside.outcome import Outcome
from handoff.timeouts import DELIVERIES_KEPT
from tests.support.certificate import certificate
from tests.support.receiver import receiver

pytestmark = pytest.mark.django_db
Event = WebHook.Event
SAID = "I am on dialysis and I want to talk to somebody"


@pytest.fixture
def there(settings):
    settings.PRIVATE_RECEIVERS = True
    with receiver() as server:
        yield server


@pytest.fixture
def hook(db, there):
    return WebHook.objects.create(name="Pager", url=there.url, events=Event.values)


def deliver(times=1):
    """As workers do that hear the bells of a while; how many went out."""
    sent = 0
    for _ in range(times):
        while pks := outbox.waiting("hook"):
            sent += sum(map(outbox.send, pks))
    return sent


def told(there):
    return [json.loads(got.body)["type"] for got in there.got]


def one(hook):
    """A message that waits."""
    outbox.post_test(hook)
    return Outbox.objects.filter(channel="hook").latest("pk")


# --- what is told ---------------------------------------------------------------------------------


def test_a_case_is_told_step_by_step_in_order(hook, there, session, asha, time):
    case = actions.raise_escalation(session, "MED-S", 3, SAID)
    actions.raise_escalation(session, "SH", 1, SAID)
    actions.claim(case, asha)
    actions.take_floor(case, asha, "text")
    actions.say(case, asha, "I am here", "c1")
    actions.say(case, asha, "How are you?", "c2")
    actions.hand_back(case, asha, "keep salt low", "advised")
    assert deliver() == 6
    assert told(there) == [
        *(Event.OPENED, Event.RAISED, Event.TAKEN),
        *(Event.FIRST_WORD, Event.HANDED_BACK, Event.RESOLVED),
    ]
    bodies = [json.loads(got.body) for got in there.got]
    seqs = [body["data"]["seq"] for body in bodies]
    assert seqs == sorted(seqs)
    assert len({body["id"] for body in bodies}) == 6


def test_what_goes_wrong_is_told(hook, there, session, asha, time):
    case = actions.raise_escalation(session, "ASK", 2, SAID)
    actions.claim(case, asha)
    actions.release(case, asha)
    time.advance(minutes=16)
    sweeper.sweep_once()
    time.advance(hours=1)
    sweeper.sweep_once()
    actions.cancel(case)
    deliver()
    assert told(there) == [
        *(Event.OPENED, Event.TAKEN, Event.WAITING_AGAIN),
        *(Event.OVERDUE, Event.OVERDUE, Event.CANCELLED),
    ]


def test_what_was_put_aside_and_rings_again_is_told(hook, there, make_session, asha, time):
    """More urgent, or since nobody came back: either way a person is wanted who is not there."""
    stays_away, urgent = (actions.raise_escalation(make_session(), "ASK", 3, SAID) for _ in "ab")
    for case in (stays_away, urgent):
        actions.claim(case, asha)
        actions.park(case, asha)
    deliver()
    there.got.clear()
    actions.raise_escalation(urgent.session, "SH", 1, SAID)
    deliver()
    assert told(there) == [Event.RAISED, Event.WAITING_AGAIN]
    there.got.clear()
    time.advance(hours=25)
    timers.parked_too_long(stays_away)
    deliver()
    assert told(there) == [Event.WAITING_AGAIN]
    assert json.loads(there.got[0].body)["data"]["case"] == stays_away.pk


def test_a_body_holds_numbers_and_codes_and_nothing_of_a_person(hook, there, session, asha, time):
    case = actions.raise_escalation(session, "MED-S", 2, SAID, reason="because of dialysis")
    actions.claim(case, asha)
    deliver()
    body = json.loads(there.got[-1].body)
    assert set(body) == {"id", "type", "timestamp", "data"}
    assert body["data"] == {
        "case": case.pk,
        "seq": body["data"]["seq"],
        "tier": "P2",
        "code": "MED-S",
        "state": "assigned",
    }
    sent = b"".join(got.body for got in there.got).decode().lower()
    for secret in ("dialysis", session.member.name, session.member.email, asha.user.name):
        assert secret.lower() not in sent


def test_only_what_was_ticked_is_told_and_only_while_it_is_on(hook, there, make_session, asha):
    WebHook.objects.update(events=[Event.TAKEN])
    case = actions.raise_escalation(make_session(), "ASK", 3, SAID)
    actions.claim(case, asha)
    deliver()
    WebHook.objects.update(active=False)
    actions.claim(actions.raise_escalation(make_session(), "ASK", 3, SAID), asha)
    deliver()
    assert told(there) == [Event.TAKEN]


def test_a_change_that_is_rolled_back_is_not_told(hook, session):
    with transaction.atomic():
        actions.raise_escalation(session, "ASK", 3, SAID)
        transaction.set_rollback(True)
    assert not Outbox.objects.filter(channel="hook").exists()


# --- the signature --------------------------------------------------------------------------------


def test_the_signature_is_that_of_the_convention():
    """The example of the Standard Webhooks specification's libraries."""
    assert (
        web_hooks.signature(
            "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            1614265330,
            b'{"test": 2432232314}',
        )
        == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    )


def verifies(secret, got):
    """As a receiver looks at it."""
    headers = got.headers
    signed = web_hooks.signature(
        secret, headers["webhook-id"], int(headers["webhook-timestamp"]), got.body
    )
    return signed in headers["webhook-signature"].split(" ")


def test_what_arrives_is_signed_and_names_its_message(hook, there, time):
    row = one(hook)
    assert deliver() == 1
    (got,) = there.got
    assert verifies(hook.secret, got)
    assert got.headers["webhook-id"] == str(row.event_id) == json.loads(got.body)["id"]
    assert abs(int(got.headers["webhook-timestamp"]) - time.now().timestamp()) <= 1
    assert not verifies(new_secret(), got)
    got.body += b" "
    assert not verifies(hook.secret, got)


def test_the_example_of_the_docs_tells_what_is_genuine(hook, there):
    page = (settings.ROOT / "docs" / "operations.md").read_text()
    code = re.search(r"\n    import base64.*?\n\n(?=\S)", page, re.DOTALL)[0]
    docs = {}
    exec(textwrap.dedent(code), docs)
    one(hook)
    deliver()
    (got,) = there.got
    assert docs["is_genuine"](hook.secret, got.headers, got.body)
    assert not docs["is_genuine"](new_secret(), got.headers, got.body)
    old = got.headers | {"webhook-timestamp": "1614265330"}
    assert not docs["is_genuine"](hook.secret, old, got.body)


def test_the_old_secret_signs_beside_the_new_one_for_a_day(hook, there, time):
    old = hook.secret
    web_hooks.change_secret(hook)
    assert hook.secret != old
    one(hook)
    deliver()
    assert verifies(old, there.got[0])
    assert verifies(hook.secret, there.got[0])
    time.advance(hours=25)
    one(hook)
    deliver()
    assert not verifies(old, there.got[1])
    assert verifies(hook.secret, there.got[1])


# --- failing --------------------------------------------------------------------------------------


def test_every_try_is_written_down_with_status_and_time(hook, there, time):
    row = one(hook)
    there.answers = lambda _got: 500
    deliver()
    there.answers = lambda _got: 202
    time.advance(seconds=31)
    assert deliver() == 1
    tries = DeliveryTry.objects.filter(row=row)
    assert [(each.sent, each.status, each.error) for each in tries] == [
        (False, 500, "http_500"),
        (True, 202, ""),
    ]
    assert all(each.duration_ms < 5000 for each in tries)
    ids = {got.headers["webhook-id"] for got in there.got}
    assert len(ids) == 1  # the receiver sees that it is the same


def test_the_waits_grow_and_after_eight_tries_it_is_given_up_and_said(
    hook, there, time, monkeypatch
):
    said = []
    monkeypatch.setattr(outbox.log, "error", lambda event, **fields: said.append((event, fields)))
    row = one(hook)
    there.answers = lambda _got: 503
    for wait in (30, 60, 120, 240, 480, 960, 1920, 3840):
        assert not said
        deliver()
        time.advance(seconds=wait - 1)
        deliver()
        time.advance(seconds=2)
    deliver()
    assert len(there.got) == outbox.MAX_ATTEMPTS
    assert said == [("outbox_given_up", {"outbox": row.pk, "channel": "hook"})]


def test_a_redirect_is_not_followed(hook, there):
    there.answers, there.answer_headers = lambda _got: 307, {"Location": f"{there.url}/other"}
    one(hook)
    assert deliver() == 0
    assert len(there.got) == 1
    assert DeliveryTry.objects.get().status == 307


def test_an_answer_without_end_is_not_read(hook, there):
    there.flood, there.answers = True, lambda _got: 200
    one(hook)
    assert deliver() == 1
    assert DeliveryTry.objects.get().duration_ms < 5_000


def test_a_receiver_that_hangs_is_left_after_a_while(hook, there, monkeypatch):
    monkeypatch.setattr(public_http, "PATIENCE_S", 0.3)
    there.pause = 20
    one(hook)
    assert deliver() == 0
    found = DeliveryTry.objects.get()
    assert found.error == "timeout"
    assert 250 <= found.duration_ms < 5_000


def test_a_server_of_names_that_is_silent_is_left_after_a_while(hook, there, monkeypatch):
    """Its thread goes on waiting; whoever sends does not."""
    monkeypatch.setattr(public_http, "PATIENCE_S", 0.3)
    answers = threading.Event()
    monkeypatch.setattr(public_http, "_look_up", lambda *_asked: answers.wait(20) and [])
    one(hook)
    assert deliver() == 0
    answers.set()
    found = DeliveryTry.objects.get()
    assert found.error == "timeout"
    assert 250 <= found.duration_ms < 5_000


def test_no_proxy_of_the_environment_is_asked(hook, there, monkeypatch):
    """It would look up the name by itself, and could not be held to its certificate."""
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    monkeypatch.setenv("no_proxy", "")
    WebHook.objects.update(url=f"http://hooks.local:{there.port}/hook")
    looks_up(monkeypatch, "127.0.0.1")
    monkeypatch.setattr(public_http, "is_private_host", lambda _url: False)
    monkeypatch.setattr(public_http, "why_not", lambda _url: "")
    one(hook)
    assert deliver() == 1


def test_nobody_at_the_address_is_a_try_like_any_other(hook, settings):
    settings.PRIVATE_RECEIVERS = True
    WebHook.objects.update(url="http://127.0.0.1:1/hook")
    one(hook)
    assert deliver() == 0
    assert DeliveryTry.objects.get().error == "ConnectError"


def test_what_came_later_waits_and_other_cases_do_not(hook, there, make_session, asha, time):
    first, second = (actions.raise_escalation(make_session(), "ASK", 3, SAID) for _ in range(2))
    refused = json.dumps(first.pk)
    there.answers = lambda got: 500 if f'"case":{refused},' in got.body.decode() else 204
    actions.claim(first, asha)
    actions.claim(second, asha)
    deliver()
    cases = [json.loads(got.body)["data"]["case"] for got in there.got]
    assert sorted(cases) == sorted([first.pk, second.pk, second.pk])
    there.answers = lambda _got: 204
    time.advance(seconds=31)
    deliver()
    of_first = [
        body for got in there.got if (body := json.loads(got.body))["data"]["case"] == first.pk
    ]
    assert [body["type"] for body in of_first] == [Event.OPENED, Event.OPENED, Event.TAKEN]


def test_a_slow_hook_has_one_request_at_a_time_and_wakes_its_next(hook, there, time, nudges):
    one(hook), one(hook)
    first, second = Outbox.objects.filter(channel="hook")
    assert web_hooks.take_turn(hook, time.now())
    assert not outbox.send(first.pk)
    first.refresh_from_db()
    assert first.attempts == 0  # it has lost no try
    time.advance(seconds=31)  # whoever had it is dead
    nudges.clear()
    assert outbox.send(first.pk)
    hook.refresh_from_db()
    assert hook.busy_until is None
    assert second.pk in outbox.waiting("hook")


def test_a_dead_broker_loses_nothing(
    hook, there, session, time, django_capture_on_commit_callbacks
):
    actions.raise_escalation(session, "ASK", 3, SAID)  # its bell goes nowhere
    time.advance(seconds=31)
    with django_capture_on_commit_callbacks(execute=True):
        assert outbox.ring(time.now()) >= 1
    tasks.send_waiting_hooks()
    assert deliver() == 1


def test_a_thousand_that_wait_for_a_hook_keep_no_mail_waiting(hook, session, time, make_expert):
    make_expert("Boss", supervisor=True)
    for _ in range(outbox.BATCH + 5):
        one(hook)
    case = actions.raise_escalation(session, "ASK", 3, SAID)
    outbox.post(Outbox.Kind.OVERDUE, case, time.now())
    Outbox.objects.update(rung_at=None)
    outbox.ring(time.now())
    assert Outbox.objects.get(channel="mail").rung_at
    assert outbox.waiting("mail") == [Outbox.objects.get(channel="mail").pk]


def test_a_thousand_that_wait_for_a_hook_keep_no_other_hook_waiting(hook, there, monkeypatch):
    monkeypatch.setattr(outbox, "BATCH", 3)
    for _ in range(outbox.BATCH + 2):
        one(hook)
    other = WebHook.objects.create(name="Other", url=there.url, events=[])
    its_own = one(other)
    first = hook.outbox.first()
    assert outbox.waiting("hook") == [first.pk, its_own.pk]


def test_while_the_workers_are_away_few_bells_wait_for_them(
    hook, time, nudges, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(outbox, "BATCH", 3)
    for _ in range(20):
        one(hook)
    nudges.clear()
    for _second in range(65):
        time.advance(seconds=1)
        with django_capture_on_commit_callbacks(execute=True):
            outbox.ring(time.now())
    bells = [task for task, _args in nudges if task == outbox.CHANNELS["hook"].send_waiting]
    assert len(bells) == 2


def test_who_took_too_long_gives_back_no_turn_of_another(hook, time):
    first = web_hooks.take_turn(hook, time.now())
    time.advance(seconds=31)
    second = web_hooks.take_turn(hook, time.now())
    web_hooks.leave_turn(hook, first)
    assert web_hooks.take_turn(hook, time.now()) is None
    web_hooks.leave_turn(hook, second)
    assert web_hooks.take_turn(hook, time.now())


@pytest.mark.django_db(transaction=True)
def test_a_case_that_is_deleted_while_it_is_told_is_no_fault(hook, monkeypatch):
    row = one(hook)

    def sent(*_request):
        row.delete()
        return Outcome(True, 204)

    monkeypatch.setattr(public_http, "send", sent)
    assert outbox.send(row.pk)
    assert not DeliveryTry.objects.exists()


# --- switched off ---------------------------------------------------------------------------------


def test_one_that_only_fails_is_switched_off_after_a_day_and_a_supervisor_hears_of_it(
    hook, there, time, make_expert, mailoutbox
):
    boss = make_expert("Boss", supervisor=True, here=False)
    there.answers = lambda _got: 500
    for _tried in range(3):
        one(hook)
        deliver()
        time.advance(hours=8)
    deliver()
    hook.refresh_from_db()
    assert hook.active  # perhaps it is just being restarted, and little was told
    for _try in range(outbox.MAX_ATTEMPTS):
        time.advance(hours=2)
        deliver()
    hook.refresh_from_db()
    assert not hook.active
    assert hook.switched_off_at
    for pk in outbox.waiting():
        outbox.send(pk)
    (mail,) = mailoutbox
    assert mail.to == [boss.user.email]
    assert "Pager" in mail.subject
    tried = len(there.got)
    time.advance(hours=1)
    assert deliver() == 0
    assert len(there.got) == tried


def test_no_hook_is_switched_off_without_its_mail(hook, there, time, monkeypatch):
    """A worker may die between the two."""
    there.answers = lambda _got: 410
    row = one(hook)
    with monkeypatch.context() as patch:
        patch.setattr(outbox, "post", lambda *_given, **_named: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            outbox.send(row.pk)
    hook.refresh_from_db()
    assert hook.active
    time.advance(seconds=31)
    outbox.send(row.pk)
    hook.refresh_from_db()
    assert not hook.active
    assert Outbox.objects.get(channel="mail").kind == Outbox.Kind.HOOK_OFF


def test_one_success_begins_the_day_anew(hook, there, time):
    there.answers = lambda _got: 500
    one(hook)
    deliver()
    time.advance(hours=23)
    there.answers = lambda _got: 204
    deliver()
    there.answers = lambda _got: 500
    time.advance(hours=2)
    one(hook)
    deliver()
    hook.refresh_from_db()
    assert hook.active
    assert time.now() - hook.failing_since < timedelta(seconds=1)


def test_who_says_that_it_wants_nothing_more_is_switched_off_at_once(hook, there):
    there.answers = lambda _got: 410
    one(hook)
    deliver()
    hook.refresh_from_db()
    assert not hook.active


# --- which addresses ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    [
        *("http://example.org/", "ftp://example.org/", "https://", "nonsense", "https://a b/"),
        *("https://127.0.0.1/", "https://localhost/", "https://10.1.2.3/", "https://[::1]/"),
        *("https://169.254.169.254/latest/", "https://redis:6379/", "https://db.internal/"),
        *("https://me:secret@example.org/", "https://example.org:99999/"),
    ],
)
def test_what_is_no_https_address_of_the_open_internet_is_refused(url):
    with pytest.raises(ValidationError) as refused:
        WebHook(name="x", url=url, events=[Event.TAKEN]).full_clean()
    assert set(refused.value.message_dict) == {"url"}


def test_a_private_host_is_taken_where_the_site_allows_it(settings):
    settings.PRIVATE_RECEIVERS = True
    WebHook(name="x", url="http://127.0.0.1:9000/hook", events=[Event.TAKEN]).full_clean()
    with pytest.raises(ValidationError):
        WebHook(name="x", url="http://example.org/", events=[Event.TAKEN]).full_clean()


def looks_up(monkeypatch, *addresses):
    """Every name leads to these addresses."""

    def found(_host, port):
        return [(2, 1, 6, "", (address, port)) for address in addresses]

    monkeypatch.setattr(public_http, "_look_up", found)


@pytest.mark.parametrize(("name", "goes"), [("hooks.example.org", 1), ("other.example.org", 0)])
def test_the_certificate_is_that_of_the_name_and_not_of_the_address(
    db, settings, monkeypatch, tmp_path, name, goes
):
    settings.PRIVATE_RECEIVERS = True
    serves, trusts = certificate("hooks.example.org", tmp_path)
    monkeypatch.setattr(public_http, "_certificates", lambda: trusts)
    looks_up(monkeypatch, "127.0.0.1")
    with receiver(serves) as there:
        url = f"https://{name}:{there.port}/hook"
        one(WebHook.objects.create(name="x", url=url, events=[]))
        assert deliver() == goes
        assert [got.headers["host"] for got in there.got] == [f"{name}:{there.port}"] * goes


def test_where_the_first_address_leads_nowhere_the_second_is_tried(hook, there, monkeypatch):
    WebHook.objects.update(url=f"http://hooks.local:{there.port}/hook")
    looks_up(monkeypatch, "127.0.0.2", "127.0.0.1")  # it listens at the second alone
    one(hook)
    assert deliver() == 1


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.7", "169.254.169.254", "::1", "fd00::1"])
def test_a_public_name_that_means_a_private_machine_reaches_nothing(
    hook, there, settings, monkeypatch, address
):
    """Also one that did not when it was typed: the address that is looked at is the one used."""

    looks_up(monkeypatch, "93.184.215.14", address)
    settings.PRIVATE_RECEIVERS = False
    WebHook.objects.update(url=f"https://hooks.example.org:{there.port}/hook")
    one(hook)
    assert deliver() == 0
    assert there.got == []
    assert DeliveryTry.objects.get().error == "NotAllowed"


def test_one_that_is_private_is_sent_to_no_longer_when_the_site_forbids_it(hook, there, settings):
    settings.PRIVATE_RECEIVERS = False
    one(hook)
    assert deliver() == 0
    assert there.got == []


def test_there_is_a_limited_number(settings):
    settings.PRIVATE_RECEIVERS = True
    for number in range(5):
        WebHook.objects.create(name=f"h{number}", url="http://127.0.0.1/", events=[])
    with pytest.raises(ValidationError, match="5 web hooks"):
        WebHook(name="one more", url="http://127.0.0.1/", events=[Event.TAKEN]).full_clean()


# --- the console ----------------------------------------------------------------------------------


@pytest.fixture
def console(client):
    client.force_login(User.objects.create_superuser("admin@x.test", "pw"))
    return client


def test_an_administrator_makes_tests_and_reads_the_log(console, there):
    add = reverse("admin:handoff_webhook_add")
    form = {"name": "Pager", "url": there.url, "active": "on", "events": [Event.TAKEN]}
    assert console.post(add, form).status_code == 302
    hook = WebHook.objects.get()
    assert hook.events == [Event.TAKEN]
    page = console.get(reverse("admin:handoff_webhook_change", args=[hook.pk])).content.decode()
    assert hook.secret in page
    chosen = {"action": "send_test", "_selected_action": [hook.pk]}
    console.post(reverse("admin:handoff_webhook_changelist"), chosen)
    assert deliver() == 1
    row = Outbox.objects.get()
    log = console.get(reverse("admin:handoff_outbox_change", args=[row.pk])).content.decode()
    assert "204" in log
    assert console.get(reverse("admin:handoff_outbox_changelist")).status_code == 200
    again = {"action": "send_again", "_selected_action": [row.pk]}
    console.post(reverse("admin:handoff_outbox_changelist"), again)
    assert deliver() == 1
    assert len({got.headers["webhook-id"] for got in there.got}) == 1
    DeliveryTry.objects.update(error="gaierror")
    log = console.get(reverse("admin:handoff_outbox_change", args=[row.pk])).content.decode()
    assert "there is no such host, or no network here" in log
    WebHook.objects.update(active=False)
    said = console.post(reverse("admin:handoff_outbox_changelist"), again, follow=True)
    assert "Pager is off." in said.content.decode()


def test_a_form_that_is_saved_overwrites_nothing_that_a_worker_wrote(
    console, hook, time, monkeypatch
):
    at, url = time.now(), reverse("admin:handoff_webhook_change", args=[hook.pk])

    def meanwhile(_hook):
        """The page has read the row and not yet written it."""
        WebHook.objects.update(failing_since=at, active=False, switched_off_at=at)

    form = {"name": "Other", "url": hook.url, "events": [Event.TAKEN], "active": "on"}
    with monkeypatch.context() as patch:
        patch.setattr(WebHook, "clean", meanwhile)
        console.post(url, form)
    changed = WebHook.objects.get()
    assert (changed.name, changed.secret) == ("Other", hook.secret)
    assert (changed.active, changed.failing_since, changed.switched_off_at) == (False, at, at)
    console.post(url, form)
    changed = WebHook.objects.get()
    assert (changed.active, changed.failing_since, changed.switched_off_at) == (True, None, None)


def test_a_new_secret_is_given_by_a_click(console, hook):
    chosen = {"action": "change_secret", "_selected_action": [hook.pk]}
    console.post(reverse("admin:handoff_webhook_changelist"), chosen)
    changed = WebHook.objects.get()
    assert changed.secret != changed.old_secret == hook.secret


def test_who_may_only_look_sees_no_secret_and_sends_nothing(client, hook):
    reader = User.objects.create_user("reader@x.test", "pw", is_staff=True)
    reader.user_permissions.set(
        Permission.objects.filter(codename__in=["view_webhook", "view_outbox"])
    )
    client.force_login(reader)
    page = client.get(reverse("admin:handoff_webhook_change", args=[hook.pk]))
    assert page.status_code == 200
    assert hook.secret not in page.content.decode()
    client.post(
        reverse("admin:handoff_webhook_changelist"),
        {"action": "send_test", "_selected_action": [hook.pk]},
    )
    assert not Outbox.objects.filter(channel="hook").exists()


def test_old_deliveries_go_and_mails_stay(hook, session, time, make_expert):
    make_expert("Boss", supervisor=True)
    one(hook)
    outbox.post(Outbox.Kind.ATTENTION, None, time.now())
    assert outbox.prune(time.now()) == 0
    time.advance(days=DELIVERIES_KEPT / timedelta(days=1) + 1)
    assert outbox.prune(time.now()) == 1
    assert Outbox.objects.get().channel == "mail"


def test_what_is_told_after_the_talk_says_that_somebody_is_missing(hook, there, session, asha):
    case = actions.raise_escalation(session, "ASK", 3, SAID)
    actions.claim(case, asha)
    end_session(session)
    actions.release(case, asha)
    deliver()
    assert told(there)[-1] == Event.WAITING_AGAIN
