"""Web push: who is told on which device, what a push service sees, when a device is forgotten."""

import json

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from django.urls import reverse

from coach.people.models import User
from coach.talk.actions import end_session
from handoff import actions
from handoff.checks import key_of_web_push
from handoff.limits import DEVICES_MOST
from handoff.models import DeliveryTry, Outbox, PushSubscription
from handoff.outside import outbox, push_key, web_push
from tests.support.push_device import PushDevice, _bytes, decrypt
from tests.support.receiver import receiver

pytestmark = pytest.mark.django_db
SAID = "I want to kill myself"
FETCH = {"X-Requested-With": "fetch"}


@pytest.fixture
def service(settings):
    settings.PRIVATE_RECEIVERS = True
    settings.PUSH_SERVICES = ["127.0.0.1"]
    with receiver() as server:
        yield server


@pytest.fixture
def device(service):
    return PushDevice(service, push_key.public_key())


@pytest.fixture
def told(device):
    """Turn the device on for somebody, as their page does."""

    def turn_on(user, one=None):
        keys = (one or device).keys
        return actions.remember_device(user, keys["endpoint"], keys["key_of_device"], keys["auth"])

    return turn_on


def deliver():
    return sum(outbox.send(pk) for pk in outbox.waiting("push"))


def messages():
    return Outbox.objects.filter(channel="push")


# --- what is sent ---------------------------------------------------------------------------------


def test_the_double_decrypts_the_example_of_the_rfc():
    """RFC 8291, section 5."""
    private = ec.derive_private_key(
        int.from_bytes(_bytes("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94")), ec.SECP256R1()
    )
    body = _bytes(
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27ml"
        "mlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPT"
        "pK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )
    opened = decrypt(body, private, _bytes("BTBZMqHH6r4Tts7J_aSIgg"))
    assert opened == b"When I grow up, I want to be a watermelon"


def test_an_expert_who_is_away_is_told_of_danger_without_a_name(session, make_expert, device, told):
    chief = make_expert("Chief", here=False, supervisor=True)
    told(chief.user)
    case = actions.raise_escalation(session, "SI-3", 0, SAID)
    assert deliver() == 1
    assert device.problems == []
    (shown,) = device.shown()
    assert shown == {
        "title": f"P0 emergency: a person is needed at the desk, case {case.pk}",
        "path": "/desk/",
        "tag": f"call-{case.pk}",
    }
    (got,) = device.service.got
    assert (got.headers["urgency"], got.headers["ttl"]) == ("high", "600")
    for secret in (SAID, session.member.name, "SI-3"):
        assert secret.encode() not in got.body
        assert secret not in json.dumps(shown)


def test_the_member_is_told_that_there_is_a_message_and_not_what(session, asha, device, told):
    told(session.member)
    case = actions.raise_escalation(session, "ASK", 3, "x")
    actions.claim(case, asha)
    end_session(session)
    actions.write(case, asha, "Please eat more salt", "c1")
    assert deliver() == 1
    (shown,) = device.shown()
    assert shown["title"] == "You have a message"
    assert shown["path"] == f"/talk/{session.pk}/"
    assert "salt" not in json.dumps(shown)


def test_every_message_has_one_length(session, make_expert, asha, device, told):
    told(session.member)
    told_of_test = PushSubscription.objects.get()
    outbox.post_test_push(told_of_test, "/")
    case = actions.raise_escalation(session, "ASK", 3, "x")
    actions.claim(case, asha)
    end_session(session)
    actions.write(case, asha, "x" * 500, "c1")
    assert deliver() == 2
    assert len({len(got.body) for got in device.service.got}) == 1


def test_who_is_at_the_desk_or_comes_to_it_is_not_told(session, make_expert, told, device):
    there = make_expert("Vera", supervisor=True)
    told(there.user)
    actions.raise_escalation(session, "SI-3", 0, SAID)
    assert not messages().exists()
    late = make_expert("Olga", here=False, supervisor=True)
    told(late.user, PushDevice(device.service, push_key.public_key()))
    actions.raise_escalation(session, "SH", 0, SAID)
    assert messages().count() == 1
    actions.touch_presence(late)
    assert deliver() == 0
    assert device.service.got == []
    assert not messages().exists()


def test_what_is_not_urgent_is_pushed_to_no_expert(session, make_expert, told):
    told(make_expert("Olga", here=False, supervisor=True).user)
    actions.raise_escalation(session, "MED-S", 2, "x")
    assert not messages().exists()


def test_a_device_that_is_gone_is_forgotten_with_what_waits_for_it(session, device, told, service):
    row = told(session.member)
    outbox.post_test_push(row, "/")
    outbox.post_test_push(row, "/")
    service.answers = lambda _got: 410
    assert deliver() == 0
    assert not PushSubscription.objects.exists()
    assert not messages().exists()


def test_what_a_push_service_refuses_for_now_is_tried_again(
    session, asha, device, told, service, time
):
    told(session.member)
    case = actions.raise_escalation(session, "ASK", 3, "x")
    actions.claim(case, asha)
    end_session(session)
    actions.write(case, asha, "Please eat more salt", "c1")
    service.answers = lambda _got: 429
    assert deliver() == 0
    assert PushSubscription.objects.exists()
    time.advance(seconds=31)
    service.answers = device.answer
    assert deliver() == 1


def test_a_push_that_hangs_keeps_no_mail_and_no_timer_waiting(session, told, monkeypatch):
    """The sweeper and the mails never speak with a push service."""
    outbox.post_test_push(told(session.member), "/")
    monkeypatch.setattr(
        "handoff.outside.public_http.send", lambda *_given: pytest.fail("spoke with it")
    )
    assert outbox.waiting("mail") == []
    Outbox.objects.update(rung_at=None)
    assert outbox.ring(Outbox.objects.get().next_try_at) == 1


# --- the site's key -------------------------------------------------------------------------------


def test_the_key_follows_from_the_secret_key_unless_one_is_given(settings):
    first = push_key.public_key()
    assert push_key.public_key() == first
    assert len(_bytes(first)) == web_push.POINT_BYTES
    settings.SECRET_KEY = "another"
    assert push_key.public_key() != first
    # The public point of the private key 1 is the curve's base point.
    settings.PUSH_KEY = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE"
    assert _bytes(push_key.public_key())[1:5].hex() == "6b17d1f2"
    assert key_of_web_push(None) == []
    settings.PUSH_KEY = "nonsense!"
    assert [message.id for message in key_of_web_push(None)] == ["handoff.E001"]


def test_after_a_change_of_the_key_nobody_is_promised_what_does_not_come(
    client, session, device, told, settings, service
):
    """A subscription is bound to the key of its day: its push service refuses all others."""
    told(session.member)
    settings.PUSH_KEY = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE"
    client.force_login(session.member)
    assert press(client, "push", endpoint=device.endpoint).json() == {
        "key": push_key.public_key(),
        "told": False,
    }
    assert press(client, "push_test", endpoint=device.endpoint).status_code == 404
    case = actions.raise_escalation(session, "ASK", 3, "x")
    outbox.post(Outbox.Kind.MESSAGE, case, case.created_at, session.member)
    assert not messages().exists()
    anew = PushDevice(service, push_key.public_key())
    told(session.member, anew)
    assert PushSubscription.objects.get().endpoint == anew.endpoint


# --- the pages ------------------------------------------------------------------------------------


@pytest.fixture
def member(client):
    user = User.objects.create_user("mina@x.test", "pw", display_name="Mina")
    client.force_login(user)
    return user


def press(client, name, **form):
    return client.post(reverse(f"handoff:{name}"), form, headers=FETCH)


def test_a_member_turns_it_on_tests_it_and_turns_it_off(client, member, device):
    asked = press(client, "push", endpoint=device.endpoint).json()
    assert asked == {"key": device.site_key, "told": False}
    assert press(client, "push_on", **device.keys).status_code == 200
    assert press(client, "push", endpoint=device.endpoint).json()["told"]
    sent = press(client, "push_test", endpoint=device.endpoint, path="/profile/")
    assert sent.status_code == 200
    assert deliver() == 1
    assert device.problems == []
    assert device.shown()[0]["path"] == "/profile/"
    assert press(client, "push_test", endpoint=device.endpoint).status_code == 422  # too soon
    assert press(client, "push_off", endpoint=device.endpoint).status_code == 200
    assert not PushSubscription.objects.exists()
    assert press(client, "push_test", endpoint=device.endpoint).status_code == 404


@pytest.mark.parametrize("path", ["https://evil.example/", "//evil.example/", "javascript:1", ""])
def test_a_test_opens_a_page_of_this_site_alone(client, member, device, path):
    press(client, "push_on", **device.keys)
    press(client, "push_test", endpoint=device.endpoint, path=path)
    assert messages().get().facts == {"path": "/"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"endpoint": "https://127.0.0.1/push"},
        {"endpoint": "http://fcm.googleapis.com/x"},
        {"endpoint": "https://redis:6379/"},
        {"endpoint": "https://fcm.googleapis.com/" + "x" * 500},
        {"endpoint": "https://hooks.example.org/x"},
        {"endpoint": "https://evilpush.apple.com.example.org/x"},
        {"endpoint": "https://notpush.apple.com/x"},
        {"endpoint": "https://fcm.googleapis.com@10.0.0.1/x"},
        {"key_of_device": "AAAA"},
        {"key_of_device": "B" + "A" * 86},
        {"auth": "AAAA"},
        {"auth": "§§§§"},
    ],
)
def test_what_is_no_push_service_of_the_open_internet_is_refused(client, member, settings, wrong):
    settings.PRIVATE_RECEIVERS = False
    with receiver() as service:
        keys = PushDevice(service, push_key.public_key()).keys
    fine = keys | {"endpoint": "https://web.push.apple.com/x"}
    assert press(client, "push_on", **fine | wrong).status_code == 422
    assert not PushSubscription.objects.exists()
    assert press(client, "push_on", **fine).status_code == 200


def test_private_hosts_of_web_hooks_are_open_to_no_member(client, member, settings):
    """An administrator names a web hook's host; an endpoint is named by whoever asks."""
    settings.PRIVATE_RECEIVERS = True
    with receiver() as inside:
        keys = PushDevice(inside, push_key.public_key()).keys
        assert press(client, "push_on", **keys).status_code == 422
    assert not PushSubscription.objects.exists()


def test_what_is_no_push_service_any_more_is_sent_nothing(session, told, device, settings):
    outbox.post_test_push(told(session.member), "/")
    settings.PUSH_SERVICES = []
    assert deliver() == 0
    assert device.service.got == []
    assert DeliveryTry.objects.get().error == "no_push_service"


def test_one_person_has_one_test_at_a_time_and_it_is_tried_once(
    client, member, device, service, time
):
    """Five devices at silent services, each tested again and again, would take every thread."""
    other = PushDevice(service, push_key.public_key())
    for one in (device, other):
        press(client, "push_on", **one.keys)
    service.answers = lambda _got: 503
    assert press(client, "push_test", endpoint=device.endpoint).status_code == 200
    assert press(client, "push_test", endpoint=other.endpoint).status_code == 422
    for _wait in range(4):
        deliver()
        time.advance(seconds=61)
    deliver()
    assert len(service.got) == 1
    assert DeliveryTry.objects.get().status == 503  # whoever looks for the fault sees it


def test_a_stranger_is_told_nothing_and_turns_nothing_off(client, member, device, told, session):
    told(session.member)
    assert not press(client, "push", endpoint=device.endpoint).json()["told"]
    press(client, "push_off", endpoint=device.endpoint)
    assert press(client, "push_test", endpoint=device.endpoint).status_code == 404
    assert PushSubscription.objects.get().user == session.member
    client.logout()
    assert press(client, "push_on", **device.keys).status_code == 302
    assert PushSubscription.objects.get().user == session.member


def test_who_signs_out_is_told_on_that_device_no_longer_and_on_others_still(
    client, member, device, told, service
):
    other = PushDevice(service, push_key.public_key())
    told(member, other)
    press(client, "push_on", **device.keys)
    client.post(reverse("account_logout"))
    assert [row.endpoint for row in PushSubscription.objects.all()] == [other.endpoint]


def test_a_device_of_an_older_sign_in_ends_with_this_one(client, member, device):
    press(client, "push_on", **device.keys)
    client.session.flush()  # it has run out
    client.force_login(member)
    assert press(client, "push", endpoint=device.endpoint).json()["told"]
    client.post(reverse("account_logout"))
    assert not PushSubscription.objects.exists()


def test_a_new_password_ends_it_on_all_other_devices(client, member, device, told, service):
    """As it ends all other sign-ins: whoever had the old password may have turned one on."""
    told(member, PushDevice(service, push_key.public_key()))
    press(client, "push_on", **device.keys)
    form = {"oldpassword": "pw", "password1": "a long pass phrase", "password2": ""}
    form["password2"] = form["password1"]
    client.post(reverse("account_change_password"), form)
    assert [row.endpoint for row in PushSubscription.objects.all()] == [device.endpoint]


def test_a_closed_account_is_told_nothing(session, device, told):
    told(session.member)
    case = actions.raise_escalation(session, "ASK", 3, "x")
    User.objects.update(is_active=False)
    outbox.post(Outbox.Kind.MESSAGE, case, case.created_at, session.member)
    assert not messages().exists()


def test_a_device_belongs_to_whoever_turned_it_on_last(device, told, session, asha):
    told(session.member)
    told(asha.user)
    assert PushSubscription.objects.get().user == asha.user


def test_one_person_has_a_limited_number_of_devices(session, told, service):
    devices = [PushDevice(service, push_key.public_key()) for _ in range(DEVICES_MOST + 2)]
    for one in devices:
        told(session.member, one)
    kept = set(PushSubscription.objects.values_list("endpoint", flat=True))
    assert kept == {one.endpoint for one in devices[2:]}


def test_devices_go_with_the_account(session, told):
    told(session.member)
    member = session.member
    session.delete()
    member.delete()
    assert not PushSubscription.objects.exists()


def test_the_worker_is_served_from_the_root_and_keeps_no_page(client):
    answer = client.get(reverse("handoff:push_worker"))
    assert reverse("handoff:push_worker").count("/") == 1
    assert answer["Content-Type"].startswith("text/javascript")
    assert answer["Cache-Control"] == "no-cache"
    assert "default-src 'self'" in answer["Content-Security-Policy"]
    assert b"caches" not in answer.content
    assert b'"fetch"' not in answer.content


def test_both_pages_have_the_switch(client, member, make_expert):
    assert "data-push" in client.get("/profile/").content.decode()
    expert = make_expert("Olga")
    client.force_login(expert.user)
    assert "data-push" in client.get("/desk/").content.decode()
