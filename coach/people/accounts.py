"""What allauth does here in its own way: mail that cannot be sent is no error of ours."""

from smtplib import SMTPException
from typing import Any

import structlog
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as of_request
from allauth.core import ratelimit
from allauth.core.exceptions import ImmediateHttpResponse
from django.shortcuts import render

log = structlog.get_logger(__name__)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Allauth's adapter, for a mail server that refuses, hangs or is away."""

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
