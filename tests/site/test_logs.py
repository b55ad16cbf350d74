"""What the log says of a request that was refused."""

import io
import logging

from django.core.exceptions import BadRequest, PermissionDenied
from django.core.handlers.exception import response_for_exception
from django.test import RequestFactory

from coach.site.logs import RefusedInOneLine


def logged(error: Exception) -> str:
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.addFilter(RefusedInOneLine())
    names = ("django.request", "django.security.SuspiciousOperation")
    for name in names:
        logging.getLogger(name).addHandler(handler)
    try:
        response_for_exception(RequestFactory().get("/diary/"), error)
    finally:
        for name in names:
            logging.getLogger(name).removeHandler(handler)
    return written.getvalue()


def test_a_refused_request_is_one_line():
    for error in (BadRequest("no"), PermissionDenied("no")):
        assert logged(error).count("\n") == 1
