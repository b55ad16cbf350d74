"""What leaves the house, through the running product: a push to a device, and a signed web hook."""

import time

from playwright.sync_api import expect

from handoff.outside import push_key
from tests.support.browser_push import Workers, give_push_service
from tests.support.push_device import PushDevice
from tests.support.receiver import receiver


def until(true, seconds=20):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_an_expert_turns_push_on_and_the_test_goes_the_whole_way(product, someone):
    with receiver() as service:
        device = PushDevice(service, push_key.public_key())
        page = someone("dietitian")
        page.goto(f"{product.url}/desk/")
        give_push_service(page, device)
        workers = Workers(page)
        page.get_by_title("Sound and notifications").click()
        page.get_by_role("button", name="Tell me on this device").click()
        expect(page.get_by_text("You are told on this device, without")).to_be_visible()
        page.get_by_role("button", name="Send a test").click()
        until(lambda: service.got)
        until(lambda: product.rows("SELECT * FROM handoff_deliverytry WHERE sent"))
        assert device.problems == []
        (shown,) = device.shown()
        workers.deliver(product.url, shown)
        until(workers.shown)
        assert workers.shown() == [{"title": shown["title"], "tag": shown["tag"]}]
        page.get_by_role("button", name="Stop").click()
        expect(page.get_by_role("button", name="Tell me on this device")).to_be_visible()
        assert not product.rows("SELECT * FROM handoff_pushsubscription")
