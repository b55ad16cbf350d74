"""Nothing of a person stays behind in a browser or a cache on the way."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class PrivateMiddleware:
    """Each answer to somebody who is signed in says that it is kept nowhere.

    It stands here and not at the views, so that no page or fragment can lack it. Static files are
    served before this, and may be kept. Stands inside AuthenticationMiddleware.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        came_in = request.user.is_authenticated
        response = self.get_response(request)
        if came_in or request.user.is_authenticated:
            response["Cache-Control"] = "private, no-store"
        return response
