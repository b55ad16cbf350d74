// Told on this device: the switch, and the service worker that shows what comes.

import "./browser.js";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import vm from "node:vm";
import { bytes, PushSwitch, unsubscribe } from "../../static/js/ui/push.js";

const WORKER = readFileSync(new URL("../../static/js/push.worker.js", import.meta.url), "utf8");

function part() {
  return { hidden: true, textContent: "", disabled: false };
}

function stage({ permission = "default", asked = "granted", told = false, service = true } = {}) {
  const parts = { said: part(), on: part(), off: part(), test: part() };
  const sent = [];
  const made = { endpoint: "https://push.example/1", gone: false };
  made.toJSON = () => ({ endpoint: made.endpoint, keys: { p256dh: "KEY", auth: "AUTH" } });
  made.unsubscribe = async () => {
    made.gone = true;
  };
  let subscription = told ? made : null;
  const worker = {
    pushManager: {
      getSubscription: async () => subscription,
      subscribe: async (options) => {
        if (!service) throw Object.assign(new Error("no service"), { name: "AbortError" });
        made.options = options;
        subscription = made;
        return made;
      },
    },
  };
  const browser = {
    isSecureContext: true,
    location: { pathname: "/desk/" },
    PushManager: class {},
    Notification: { permission, requestPermission: async () => asked },
    navigator: {
      serviceWorker: {
        ready: Promise.resolve(),
        getRegistration: async () => worker,
        register: async (url, options) => {
          sent.push([url, options.scope]);
          return worker;
        },
      },
    },
  };
  const root = {
    dataset: {
      url: "/push/",
      onUrl: "/push/on/",
      offUrl: "/push/off/",
      testUrl: "/push/test/",
      worker: "/push-worker.js",
      told: "told",
      untold: "untold",
      denied: "denied",
      unable: "unable",
      insecure: "insecure",
      failed: "failed",
    },
    addEventListener() {},
    querySelector: (selector) => parts[/data-push-(\w+)/.exec(selector)[1]],
    querySelectorAll: () => [parts.on, parts.off, parts.test],
  };
  globalThis.location = new URL("https://coach.example/desk/");
  globalThis.fetch = async (url, { body }) => {
    sent.push([url, Object.fromEntries([...body].filter(([name]) => name !== "key"))]);
    return Response.json({ key: "BAAB", told, message: "on its way" });
  };
  const control = new PushSwitch(root, browser);
  const click = (name) => control.clicked({ closest: (one) => one === `[data-push-${name}]` });
  return { control, parts, sent, click, browser, made };
}

const offered = ({ on, off, test: tests }) =>
  Object.entries({ on, off, test: tests })
    .filter(([, { hidden }]) => !hidden)
    .map(([name]) => name);

test("the device is looked at and nothing is asked for before a press", async () => {
  const { control, parts, sent, browser } = stage();
  browser.Notification.requestPermission = () => assert.fail("asked");
  await control.look();
  assert.equal(parts.said.textContent, "untold");
  assert.deepEqual(offered(parts), ["on"]);
  assert.deepEqual(sent, [["/push/", { endpoint: "" }]]);
});

test("a press asks, subscribes with the site's key and tells the server", async () => {
  const { control, parts, sent, click, made } = stage();
  await control.look();
  await click("on");
  assert.deepEqual(sent.slice(1), [
    ["/push-worker.js", "/"],
    ["/push/on/", { endpoint: made.endpoint, key_of_device: "KEY", auth: "AUTH" }],
  ]);
  assert.equal(made.options.userVisibleOnly, true);
  assert.deepEqual(made.options.applicationServerKey, bytes("BAAB"));
  assert.deepEqual(offered(parts), ["off", "test"]);
});

test("who says no, or has said so before, reads what to do", async () => {
  const refused = stage({ asked: "denied" });
  await refused.control.look();
  await refused.click("on");
  assert.equal(refused.parts.said.textContent, "denied");
  assert.deepEqual(offered(refused.parts), []);
  const before = stage({ permission: "denied" });
  await before.control.look();
  assert.equal(before.parts.said.textContent, "denied");
  assert.deepEqual(before.sent, []);
});

test("a browser that cannot, or reaches no service, says so", async () => {
  const old = stage();
  delete old.browser.PushManager;
  await old.control.look();
  assert.equal(old.parts.said.textContent, "unable");
  const plain = stage();
  delete plain.browser.navigator.serviceWorker; // as on a page without https
  plain.browser.isSecureContext = false;
  await plain.control.look();
  assert.equal(plain.parts.said.textContent, "insecure");
  assert.deepEqual([offered(plain.parts), plain.sent], [[], []]);
  const away = stage({ service: false });
  await away.control.look();
  await away.click("on");
  assert.equal(away.parts.said.textContent, "failed");
  assert.deepEqual(offered(away.parts), ["on"]);
  assert.equal(away.parts.on.disabled, false);
});

test("off is told to the server before the browser forgets", async () => {
  const { control, parts, sent, click, made } = stage({ told: true });
  await control.look();
  assert.deepEqual(offered(parts), ["off", "test"]);
  await click("off");
  assert.deepEqual(sent.at(-1), ["/push/off/", { endpoint: made.endpoint }]);
  assert.ok(made.gone);
  assert.deepEqual(offered(parts), ["on"]);
});

test("who signs out leaves no subscription in the browser", async () => {
  const { browser, made } = stage({ told: true });
  await unsubscribe(browser);
  assert.ok(made.gone);
  await unsubscribe({ navigator: {} });
  await unsubscribe(stage().browser);
});

test("base64url is read as browsers need it", () => {
  assert.deepEqual([...bytes("-_8")], [251, 255]);
});

// --- the service worker ---------------------------------------------------------------------------

function startWorker(windows = []) {
  const heard = {};
  const shown = [];
  const opened = [];
  const self = {
    location: { origin: "https://coach.example" },
    addEventListener: (name, act) => {
      heard[name] = act;
    },
    registration: { showNotification: async (...given) => shown.push(given) },
    clients: {
      matchAll: async () => windows,
      openWindow: async (href) => opened.push(href),
    },
    skipWaiting() {},
  };
  vm.runInNewContext(WORKER, { self, URL });
  const fire = async (name, event) => {
    let until;
    heard[name]({ ...event, waitUntil: (promise) => (until = promise) });
    await until;
  };
  return { fire, shown, opened, heard };
}

const clickOn = (path) => ({ notification: { close() {}, data: { path } } });

test("a push is shown with what it says and no more", async () => {
  const { fire, shown } = startWorker();
  const data = {
    json: () => ({ title: "You have a message", path: "/talk/1/", tag: "message-7" }),
  };
  await fire("push", { data });
  const [title, options] = shown[0];
  assert.equal(title, "You have a message");
  assert.equal(options.tag, "message-7");
  assert.equal(options.data.path, "/talk/1/");
});

test("one that cannot be read shows something all the same", async () => {
  const { fire, shown } = startWorker();
  await fire("push", { data: null });
  assert.equal(shown.length, 1);
});

test("a click goes to the page that is open, or opens it", async () => {
  const focused = [];
  const desk = { url: "https://coach.example/desk/?case=3", focus: () => focused.push("desk") };
  const { fire, opened } = startWorker([desk]);
  await fire("notificationclick", clickOn("/desk/"));
  assert.deepEqual(focused, ["desk"]);
  await fire("notificationclick", clickOn("/talk/1/"));
  assert.deepEqual(opened, ["https://coach.example/talk/1/"]);
});

test("no page of another site is opened", async () => {
  for (const path of ["https://evil.example/", "//evil.example/x", "javascript:alert(1)"]) {
    const { fire, opened } = startWorker();
    await fire("notificationclick", clickOn(path));
    assert.deepEqual(opened, ["https://coach.example/"]);
  }
});

test("it hears no request: no page is kept", () => {
  const { heard } = startWorker();
  assert.deepEqual(Object.keys(heard).sort(), ["install", "notificationclick", "push"]);
});
