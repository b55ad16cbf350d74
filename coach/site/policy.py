"""The content policy of the admin console, which needs two exceptions from the product's own."""

from collections.abc import Callable

from csp.constants import SELF, UNSAFE_EVAL, UNSAFE_INLINE
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

CONSOLE_POLICY = {
    # Alpine, which unfold is built on, makes functions of the expressions in its attributes.
    "script-src": [SELF, UNSAFE_EVAL],
    # unfold writes its colours as a <style> element and Alpine styles as attributes.
    "style-src": [SELF, UNSAFE_INLINE],
}


class ConsolePolicyMiddleware:
    """Relaxes the policy under the console and nowhere else. Stands inside CSPMiddleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path_info.startswith(reverse("admin:index")):
            response._csp_replace = CONSOLE_POLICY  # type: ignore[attr-defined]
        return response
