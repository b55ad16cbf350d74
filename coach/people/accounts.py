"""Where allauth goes our way: who is a member is told to nobody, and lost mail is no error.

Where each account begins by mail, signing up answers alike for a known and an unknown address. So
must signing in right after it: else a stranger joins with somebody's address, signs in, and knows.
"""

import math
from contextlib import suppress
from contextvars import copy_context
from functools import partial
from smtplib import SMTPException
from typing import Any

import structlog
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core import context as of_request
from allauth.core import ratelimit
from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from coach.bells import Bells
from coach.people.models import User

log = structlog.get_logger(__name__)

links = Bells("links", stale_s=math.inf)  # a mail that comes late is a mail still


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Allauth's adapter, for a mail server that refuses, hangs or is away."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _(
            "The email or the password is not right. If you have just joined, or never signed in "
            "here, first open the link in our mail."
        ),
    }

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Whom the password is of; nobody as long as their address is not confirmed."""
        user: User | None = super().authenticate(request, **credentials)
        mandatory = settings.ACCOUNT_EMAIL_VERIFICATION == "mandatory"
        if user is None or not mandatory or request.user.is_authenticated:
            return user
        if EmailAddress.objects.filter(user=user, verified=True).exists():
            return user
        self._send_link_again(request, user)
        return None

    def _send_link_again(self, request: HttpRequest, user: User) -> None:
        """At most every three minutes, without a word on the page and without a wait for the mail:
        a wrong password sends none, so either would tell that this one is right.
        """
        email = user.email.lower()
        if ratelimit.consume(request, action="confirm_email", key=email):
            mine = {"user": user, "email": email}
            address, _new = EmailAddress.objects.get_or_create(**mine, defaults={"primary": True})
            address.user = user  # known here, and so not looked up on the thread of the mails
            links.ring(partial(copy_context().run, _send_link, request, address))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send, or answer with a page that says what to do.

        What was done before stands: an account that was made, a wish that was heard. The page is
        the same for members and strangers, as the mail would have been the only difference.
        """
        try:
            super().send_mail(template_prefix, email, context)
        except (SMTPException, OSError) as error:
            # The error itself may quote the address.
            mail = template_prefix.rpartition("/")[2]
            log.warning("mail_not_sent", mail=mail, error=type(error).__name__)
            request = of_request.request
            # A mail that was not sent does not count, or the next try would only seem to send one.
            ratelimit.clear(request, action="confirm_email", key=email.lower())
            page = render(request, "account/mail_away.html", status=503)
            raise ImmediateHttpResponse(page) from error


def _send_link(request: HttpRequest, address: EmailAddress) -> None:
    with suppress(ImmediateHttpResponse):  # it is logged, and nobody waits for the page
        address.send_confirmation(request)
