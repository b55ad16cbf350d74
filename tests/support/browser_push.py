"""A browser whose push service is the tests' own, since the real ones are far away."""

import json
from typing import Any

from playwright.sync_api import CDPSession, Page

from tests.support.push_device import PushDevice

SUBSCRIBES = """(keys) => {
  const subscription = {
    endpoint: keys.endpoint,
    toJSON: () => ({
      endpoint: keys.endpoint, keys: { p256dh: keys.key_of_device, auth: keys.auth },
    }),
    unsubscribe: async () => { subscription.given = false; return true; },
  };
  PushManager.prototype.getSubscription = async () => (subscription.given ? subscription : null);
  PushManager.prototype.subscribe = async ({ applicationServerKey, userVisibleOnly }) => {
    if (!userVisibleOnly || new Uint8Array(applicationServerKey).length !== 65) throw new Error();
    subscription.given = true;
    return subscription;
  };
}"""
SHOWN = """async () => {
  const registration = await navigator.serviceWorker.ready;
  return (await registration.getNotifications()).map(({ title, tag }) => ({ title, tag }));
}"""


def give_push_service(page: Page, device: PushDevice) -> None:
    """Load the page anew in a browser that may notify, and has this push service from then on."""
    page.context.grant_permissions(["microphone", "notifications"])
    page.reload()
    page.evaluate(SUBSCRIBES, device.keys)


class Workers:
    """The service workers of a page's browser."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._registrations: list[str] = []
        self._cdp: CDPSession = page.context.new_cdp_session(page)
        self._cdp.on("ServiceWorker.workerRegistrationUpdated", self._updated)
        self._cdp.send("ServiceWorker.enable")

    def _updated(self, event: dict[str, Any]) -> None:
        found = [one["registrationId"] for one in event["registrations"] if not one["isDeleted"]]
        self._registrations = found or self._registrations

    def deliver(self, origin: str, message: dict[str, Any]) -> None:
        """As the browser does once it has decrypted a push."""
        self._cdp.send(
            "ServiceWorker.deliverPushMessage",
            {
                "origin": origin,
                "registrationId": self._registrations[-1],
                "data": json.dumps(message),
            },
        )

    def shown(self) -> list[dict[str, str]]:
        """The notifications that show now."""
        found: list[dict[str, str]] = self._page.evaluate(SHOWN)
        return found
