/**
 * «Told on this device»: asks the browser for a push subscription, and gives it to the server. The
 * permission is asked for at a press and never before.
 */
import { changeJson, post } from "../net/http.js";
import { toast } from "./toast.js";
import { wired } from "./wired.js";

/** Base64url as bytes: `subscribe()` of older browsers takes no text. */
export function bytes(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

/** What the server is given of a subscription. */
function fields(subscription) {
  const { endpoint, keys } = subscription.toJSON();
  const form = new FormData();
  form.set("endpoint", endpoint);
  form.set("key_of_device", keys.p256dh);
  form.set("auth", keys.auth);
  return form;
}

function named(subscription) {
  const form = new FormData();
  form.set("endpoint", subscription?.endpoint ?? "");
  return form;
}

/** What this browser is subscribed to, or null. */
async function subscribed({ navigator }) {
  const worker = await navigator.serviceWorker?.getRegistration("/");
  return worker ? worker.pushManager.getSubscription() : null;
}

/** The browser gives its subscription back, whoever had it: they sign out. */
export async function unsubscribe(browser = globalThis) {
  await (await subscribed(browser))?.unsubscribe();
}

export class PushSwitch {
  /** `browser` has what a window has: navigator, Notification, PushManager, isSecureContext … */
  constructor(root, browser = globalThis) {
    this.root = root;
    this.browser = browser;
    this.key = "";
    root.addEventListener("click", ({ target }) => this.clicked(target));
  }

  get able() {
    const { navigator, Notification, PushManager } = this.browser;
    return Boolean(navigator?.serviceWorker && Notification && PushManager);
  }

  /** Find out how it stands, and show it. */
  async look() {
    if (!this.able) return this.show(this.browser.isSecureContext ? "unable" : "insecure");
    if (this.browser.Notification.permission === "denied") return this.show("denied");
    const answer = await (
      await post(this.root.dataset.url, named(await subscribed(this.browser)))
    ).json();
    this.key = answer.key;
    return this.show(answer.told ? "told" : "untold");
  }

  clicked(target) {
    if (target.closest("[data-push-on]")) return this.busy(() => this.turnOn());
    if (target.closest("[data-push-off]")) return this.busy(() => this.turnOff());
    if (target.closest("[data-push-test]")) return this.busy(() => this.test());
    return null;
  }

  async busy(act) {
    this.enable(false);
    try {
      await act();
    } catch (error) {
      toast(error.message, { kind: "danger" });
    } finally {
      this.enable(true);
    }
  }

  async turnOn() {
    const permission = await this.browser.Notification.requestPermission();
    if (permission !== "granted") return this.show(permission === "denied" ? "denied" : "untold");
    const subscription = await this.subscribe();
    if (!subscription) return this.show("failed");
    await changeJson(this.root.dataset.onUrl, fields(subscription));
    return this.show("told");
  }

  /** A subscription for this site's key; null: the browser reaches no push service. */
  async subscribe() {
    const { serviceWorker } = this.browser.navigator;
    const worker = await serviceWorker.register(this.root.dataset.worker, { scope: "/" });
    await serviceWorker.ready;
    const wanted = { userVisibleOnly: true, applicationServerKey: bytes(this.key) };
    try {
      return await worker.pushManager.subscribe(wanted);
    } catch (error) {
      if (error.name !== "InvalidStateError") return null;
      await (await worker.pushManager.getSubscription())?.unsubscribe(); // of another key
      return worker.pushManager.subscribe(wanted);
    }
  }

  async turnOff() {
    const subscription = await subscribed(this.browser);
    await changeJson(this.root.dataset.offUrl, named(subscription));
    await subscription?.unsubscribe();
    this.show("untold");
  }

  async test() {
    const form = named(await subscribed(this.browser));
    form.set("path", this.browser.location.pathname);
    toast((await changeJson(this.root.dataset.testUrl, form)).message);
  }

  show(state) {
    const part = (name) => this.root.querySelector(`[data-push-${name}]`);
    part("said").textContent = this.root.dataset[state];
    part("on").hidden = !["untold", "failed"].includes(state);
    part("test").hidden = part("off").hidden = state !== "told";
  }

  enable(on) {
    for (const button of this.root.querySelectorAll("button")) button.disabled = !on;
  }
}

/** Start every switch of the page. */
export function startPush() {
  for (const root of document.querySelectorAll("[data-push]")) {
    const control = new PushSwitch(root);
    control.look().catch((error) => {
      root.querySelector("[data-push-said]").textContent = error.message;
    });
  }
  wired("push");
}
