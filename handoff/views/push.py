"""A person is told on this device, or no longer; and the service worker that shows it."""

from functools import cache

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from coach.talk.buttons import Done, button
from coach.types import MemberRequest
from handoff.actions import forget_device, remember_device, test_device
from handoff.actions.devices import OF_SIGN_IN
from handoff.models import PushSubscription
from handoff.outside import push_key

PAGE = "people:profile"
WORKER = settings.ROOT / "static" / "js" / "push.worker.js"


@login_required
@require_POST
def state(request: MemberRequest) -> JsonResponse:
    """The site's public key, and whether this person is told at the device of `endpoint`.

    A POST since that address is a secret of the device: it has no place in a URL.
    """
    mine = PushSubscription.objects.for_member(request.user).reached()
    device = mine.filter(endpoint=request.POST.get("endpoint", "")).first()
    if device is not None:  # turned on in an older sign-in, perhaps: it ends with this one
        request.session[OF_SIGN_IN] = device.pk
    return JsonResponse({"key": push_key.public_key(), "told": device is not None})


@button(refused=PAGE)
def turn_on(request: MemberRequest) -> Done:
    sent = request.POST
    device = remember_device(
        request.user, sent.get("endpoint", ""), sent.get("key_of_device", ""), sent.get("auth", "")
    )
    request.session[OF_SIGN_IN] = device.pk
    return Done(_("You are told on this device."), PAGE)


@button(refused=PAGE)
def turn_off(request: MemberRequest) -> Done:
    forget_device(request.user, request.POST.get("endpoint", ""))
    request.session.pop(OF_SIGN_IN, None)
    return Done(_("You are told on this device no longer."), PAGE)


@button(refused=PAGE)
def test(request: MemberRequest) -> Done:
    """Send a test to this device; it opens the page from which it was asked."""
    path = request.POST.get("path", "")
    safe = path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    test_device(request.user, request.POST.get("endpoint", ""), path if safe else "/")
    return Done(_("A test is on its way. It should show within a few seconds."), PAGE)


@require_GET
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker: from the root, since it may only speak for what is below its address."""
    answer = HttpResponse(_script(), content_type="text/javascript; charset=utf-8")
    answer["Cache-Control"] = "no-cache"  # browsers look for a new one by themselves
    return answer


@cache
def _script() -> bytes:
    return WORKER.read_bytes()
