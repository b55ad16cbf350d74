"""Devices that their people want to be told on by web push."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from coach import clock
from coach.errors import NotFound, Refused
from coach.types import Member
from handoff.limits import ADDRESS_MAX_CHARS, DEVICES_MOST
from handoff.models import Outbox, PushSubscription
from handoff.outside import outbox, public_http, push_key, web_push

TEST_EVERY = timedelta(seconds=5)
OF_SIGN_IN = "push_device"  # in a web session: the device on which its person is told


@transaction.atomic
def remember_device(user: Member, endpoint: str, key: str, auth: str) -> PushSubscription:
    """Tell `user` on this device from now on, and whoever had it before no longer.

    With one more than `DEVICES_MOST`, the oldest is forgotten, and so are those that the site's key
    of now does not reach. Raises Refused.
    """
    if (
        len(endpoint) > ADDRESS_MAX_CHARS
        or public_http.why_not(endpoint)
        or not web_push.is_service(endpoint)
    ):
        raise Refused(_("This browser names a push service that cannot be used."), code="endpoint")
    try:
        web_push.check(key, auth)
    except ValueError as error:
        raise Refused(_("This browser gave keys that cannot be used."), code="keys") from error
    mine = PushSubscription.objects.for_member(user)
    device, _new = PushSubscription.objects.update_or_create(
        endpoint=endpoint,
        defaults={"user": user, "key": key, "auth": auth, "site_key": push_key.public_key()},
    )
    newest = mine.reached().order_by("-created_at", "-pk").values_list("pk", flat=True)
    mine.exclude(pk__in=[*newest[:DEVICES_MOST], device.pk]).delete()
    return device


def forget_device(user: Member, endpoint: str) -> None:
    """Tell `user` on this device no longer. What is not theirs, or gone, stays as it is."""
    PushSubscription.objects.for_member(user).filter(endpoint=endpoint).delete()


def forget_device_of_sign_in(user: Member, pk: int) -> None:
    """The person signed out on the device `pk`: whoever uses it next is somebody else, perhaps."""
    PushSubscription.objects.for_member(user).filter(pk=pk).delete()


def forget_other_devices(user: Member, kept: int) -> None:
    """Who had the old password may have turned one on: only `kept` is told still; 0: none."""
    PushSubscription.objects.for_member(user).exclude(pk=kept).delete()


@transaction.atomic
def test_device(user: Member, endpoint: str, path: str) -> None:
    """Send a test to this device, which opens `path`. Raises NotFound and Refused."""
    mine = PushSubscription.objects.for_member(user).reached().select_for_update()
    device = mine.filter(endpoint=endpoint).first()
    if device is None:
        raise NotFound(_("This device is not told. Turn it on first."))
    tests = Outbox.objects.filter(recipient=user, kind=Outbox.Kind.TEST)
    if tests.filter(created_at__gt=clock.now() - TEST_EVERY).exists():
        raise Refused(_("A test was just sent. Wait a few seconds."), code="too_soon")
    outbox.post_test_push(device, path)
