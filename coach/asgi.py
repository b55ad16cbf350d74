"""The ASGI application: HTTP by Django, sockets by Channels."""

import os
import threading

from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coach.settings")
http = get_asgi_application()

# Consumers import models, so they wait until Django has set up its apps.
from coach.nutrition.reading import warm  # noqa: E402
from coach.site.body import BodyLimit  # noqa: E402
from coach.talk.live.routing import websocket_urlpatterns as talk_sockets  # noqa: E402
from handoff.routing import websocket_urlpatterns as desk_sockets  # noqa: E402

# The first meal of a process must not wait for the table of foods.
threading.Thread(target=warm, name="warm-foods", daemon=True).start()

application = ProtocolTypeRouter(
    {
        "http": BodyLimit(http),
        "websocket": AllowedHostsOriginValidator(
            # Channels routes Django's own patterns; its stubs know only theirs.
            AuthMiddlewareStack(URLRouter([*talk_sockets, *desk_sockets]))  # type: ignore[list-item]
        ),
    }
)
