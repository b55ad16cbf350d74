"""HTTP by Django, sockets by Channels. `coach.asgi` loads it once Django is set up."""

import threading

from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter
from django.conf import settings
from django.urls import re_path

from coach.interpreter.live.routing import websocket_urlpatterns as interpreter_sockets
from coach.sign_ins import EndWithSignIn, is_signed_in
from coach.site.body import BodyLimit
from coach.site.handler import RequestHandler
from coach.site.origins import OwnOrigin
from coach.site.proxies import TrustedProxies
from coach.site.sockets import SocketLimit, nowhere
from coach.site.warming import warm_up
from coach.talk.live.routing import websocket_urlpatterns as talk_sockets
from handoff.routing import websocket_urlpatterns as desk_sockets

# A process that ends waits for the thread: Python aborts if it writes a line at that moment.
threading.Thread(target=warm_up, name="warm-up").start()

# Channels routes Django's own patterns; its stubs know only theirs.
elsewhere = re_path("", nowhere)  # type: ignore[arg-type]
every = [*talk_sockets, *interpreter_sockets, *desk_sockets, elsewhere]
sockets = URLRouter(every)  # type: ignore[arg-type]

application = TrustedProxies(
    ProtocolTypeRouter(
        {
            "http": BodyLimit(RequestHandler(), is_signed_in),
            "websocket": OwnOrigin(AuthMiddlewareStack(EndWithSignIn(SocketLimit(sockets)))),
        }
    ),
    settings.TRUSTED_PROXIES,
)
