// The parts of the desk: how the connection stands, what is fetched, which case is open, what the
// expert does, and the keys. Each gets strict doubles of the few things that it may know.

import "./browser.js";
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { ExpertActions } from "../../static/js/desk/actions.js";
import { CaseView } from "../../static/js/desk/case/case.js";
import { Checklist } from "../../static/js/desk/case/checklist.js";
import { CaseMerge } from "../../static/js/desk/case/merge.js";
import { Drafts } from "../../static/js/desk/case/outgoing.js";
import { ConnectionStatus } from "../../static/js/desk/connection.js";
import { Keys, keyNames, singleLetters } from "../../static/js/desk/keys.js";
import { CaseNavigation } from "../../static/js/desk/navigation.js";
import { SoundNotice } from "../../static/js/desk/offers/sound_notice.js";
import { Hold } from "../../static/js/desk/queue/hold.js";
import { Refresh } from "../../static/js/desk/refresh.js";
import { TabIcon } from "../../static/js/desk/tab_icon.js";
import { DeskTitle } from "../../static/js/desk/title.js";
import { Veil } from "../../static/js/desk/veil.js";
import { RequestError } from "../../static/js/net/http.js";
import { startClock, stopClock, tick } from "./clock.js";
import { names, spy, strict } from "./strict.js";

const GIVEN = ["fetch", "FormData", "document", "location", "history", "addEventListener", "CSS"];
const real = new Map();
let calls = [];

beforeEach(() => {
  calls = [];
  for (const name of GIVEN) real.set(name, Object.getOwnPropertyDescriptor(globalThis, name));
});
afterEach(() => {
  startClock();
  for (const [name, descriptor] of real) {
    if (descriptor) Object.defineProperty(globalThis, name, descriptor);
    else delete globalThis[name];
  }
});

const SENTENCES = { live: "Up to date", offline: "Asking", lost: "No answer", out: "Signed out" };

function connection(socket) {
  const node = { dataset: {}, textContent: "Connecting…" };
  const root = { dataset: SENTENCES, querySelector: () => node };
  const it = new ConnectionStatus(root, strict("socket", socket));
  return { it, node };
}

test("the desk says how its connection stands, the worst first", () => {
  const socket = { ready: false, finished: false };
  const { it, node } = connection(socket);
  it.answered();
  assert.equal(node.textContent, "Connecting…", "the first attempt is still open");
  socket.ready = true;
  it.up();
  assert.equal(node.textContent, "Up to date");
  socket.ready = false;
  it.down();
  assert.equal(node.dataset.state, "offline");
  it.failed({ status: 0 });
  assert.equal(node.dataset.state, "lost");
  it.failed({ status: 403 });
  assert.equal(node.dataset.state, "out");
  it.answered();
  assert.equal(node.dataset.state, "offline");
  it.failed({ status: 404 });
  assert.equal(node.dataset.state, "offline", "a case that is gone is no lost connection");
  socket.finished = true;
  it.down();
  assert.equal(node.textContent, "Signed out");
});

test("the title counts what waits, and marks what rings", () => {
  const page = strict("document", { title: "" });
  const icons = [];
  const title = new DeskTitle("Desk", { show: (...shown) => icons.push(shown) }, page);
  title.waits(0);
  assert.equal(page.title, "Desk");
  title.waits(3);
  assert.equal(page.title, "(3) Desk");
  title.rings(1);
  assert.equal(page.title, "● (3) Desk");
  title.waits(0);
  assert.equal(page.title, "● (1) Desk");
  title.rings(0);
  assert.equal(page.title, "Desk");
  assert.deepEqual(icons.slice(1, 3), [
    [3, false],
    [3, true],
  ]);
});

test("the tab's icon has the number, and is the plain one when nobody waits", () => {
  const link = strict("link", { href: "/static/icon.svg" });
  const icon = new TabIcon(link, "/desk/icon.svg");
  icon.show(2, false);
  assert.equal(link.href, "/desk/icon.svg?n=2");
  icon.show(40, true);
  assert.equal(link.href, "/desk/icon.svg?n=10&rings=1");
  icon.show(0, false);
  assert.equal(link.href, "/static/icon.svg");
});

test("words are hidden by hand, while the window is behind, and after a rest", () => {
  stopClock(0);
  const heard = {};
  const target = { addEventListener: (name, act) => Object.assign(heard, { [name]: act }) };
  const page = { focused: true, hasFocus: () => page.focused };
  const root = { toggleAttribute: (_name, on) => Object.assign(root, { hidden: on }) };
  const button = { setAttribute: (_name, value) => Object.assign(button, { pressed: value }) };
  const veil = new Veil(root, { button, byItself: true, page, target });
  assert.deepEqual([root.hidden, button.pressed], [false, "false"]);
  veil.toggle();
  assert.deepEqual([root.hidden, button.pressed], [true, "true"]);
  heard.keydown();
  assert.equal(root.hidden, true, "what was hidden by hand stays so");
  veil.toggle();
  page.focused = false;
  heard.blur();
  assert.deepEqual([root.hidden, button.pressed], [true, "false"]);
  page.focused = true;
  heard.focus();
  assert.equal(root.hidden, false);
  veil.rest();
  assert.equal(root.hidden, true);
  heard.pointermove();
  assert.equal(root.hidden, false);
  page.focused = false;
  veil.choose(false);
  assert.equal(root.hidden, false, "who does not want it reads on");
  clearTimeout(veil.timer);
  startClock();
});

function refresh(given = {}) {
  const socket = strict("socket", { ready: true, finished: false });
  const it = new Refresh({
    socket,
    queue: spy("queue", ["refresh"], calls),
    offers: spy("offers", ["refresh"], calls),
    openCase: spy("case", ["refresh"], calls),
    alive: async () => calls.push(["alive"]),
    trouble: (error) => calls.push(["trouble", error.message]),
    ...given,
  });
  return { it, socket };
}

test("without a socket everything is asked for, often, and the server hears that the expert is here", async () => {
  const { it, socket } = refresh();
  await it.step();
  assert.deepEqual(names(calls), ["queue.refresh", "offers.refresh"]);
  calls.length = 0;
  socket.ready = false;
  await it.step();
  assert.deepEqual(names(calls), ["queue.refresh", "offers.refresh", "case.refresh", "alive"]);
});

test("the desk asks again and again until the socket is finished", async () => {
  stopClock();
  const { it, socket } = refresh();
  const polling = it.poll();
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  tick(14_000);
  await turn();
  assert.deepEqual(calls, []);
  tick(1000);
  await turn();
  assert.equal(calls.length, 2);
  socket.ready = false;
  tick(15_000);
  await turn();
  assert.equal(calls.length, 6);
  socket.finished = true;
  tick(4000);
  await polling;
  assert.equal(calls.length, 6);
});

test("a request that fails is trouble, and the next is made all the same", async () => {
  const fail = async () => {
    throw new RequestError("no", 500);
  };
  const { it, socket } = refresh({ alive: fail, offers: strict("offers", { refresh: fail }) });
  socket.ready = false;
  await it.step();
  await it.step();
  assert.equal(names(calls).filter((name) => name === "trouble").length, 4);
});

test("the open case is the same in the queue, in the address and on the socket", async () => {
  const addresses = [];
  globalThis.location = { href: "http://a.test/desk/?x=1" };
  globalThis.history = {
    replaceState: (_state, _title, url) => {
      globalThis.location = { href: url.href };
      addresses.push(url.search);
    },
  };
  const root = { dataset: { show: "queue" } };
  const navigation = new CaseNavigation(root, {
    queue: spy("queue", ["select"], calls),
    view: spy("view", ["open"], calls),
    socket: spy("socket", ["watch"], calls),
  });
  await navigation.open(4);
  navigation.opened(4);
  assert.equal(root.dataset.show, "case");
  navigation.backToQueue();
  assert.equal(root.dataset.show, "queue");
  navigation.closed({ gone: false });
  assert.deepEqual(calls, [
    ["queue.select", 4],
    ["view.open", 4],
    ["socket.watch", 4],
    ["queue.select", 4],
    ["socket.watch", null],
    ["queue.select", null],
  ]);
  assert.deepEqual(addresses, ["?x=1&case=4", "?x=1"]);
});

/** Forms whose answers the test gives; toasts have no page to stand on, so the test reads them. */
function actions(answer, status = 200) {
  const toasts = [];
  stopClock(); // a toast would leave later
  globalThis.FormData = class extends Map {
    constructor(form) {
      super(); // what a form holds needs a page
      this.form = form;
    }
  };
  globalThis.fetch = async (url) => {
    calls.push(["post", url]);
    const headers = { "Content-Type": "application/json" };
    return new Response(JSON.stringify(answer), { status, headers });
  };
  globalThis.document = toastPage(toasts);
  const it = new ExpertActions({
    queue: spy("queue", ["refresh"], calls),
    offers: spy("offers", ["drop"], calls),
    view: spy("view", ["refresh", "close", "focusComposer", "forgetDrafts"], calls),
    answered: "It was answered.",
    on: spy("on", ["open", "look", "ringing", "testSound"], calls),
  });
  return { it, toasts };
}

/** As much of a document as a toast needs; its words go to `toasts`. */
function toastPage(toasts) {
  const element = () => ({
    style: {},
    classList: { add() {} },
    children: [],
    setAttribute() {},
    addEventListener() {},
    append() {},
    matches: () => false,
    showPopover() {},
    set textContent(text) {
      toasts.push(text);
    },
  });
  return {
    createElement: element,
    createElementNS: element,
    querySelector: () => ({ content: "" }),
    getElementById: (name) => (name === "toasts" ? element() : null),
  };
}

function form(given = {}) {
  const dialog = spy("dialog", ["close"], calls);
  return {
    action: given.action ?? "/act/",
    dataset: { caseForm: given.name },
    matches: (selector) => selector === given.matches,
    closest: (selector) => (selector === "dialog" ? dialog : { dataset: { offer: "8" } }),
    querySelector: () => null,
  };
}

const button = (value = "") => ({ value, dataset: {}, setAttribute() {}, removeAttribute() {} });

/** Send a form as the page does; answers with whether the desk took it. */
async function submit(it, target, submitter = button()) {
  let prevented = false;
  it.submitted({
    target,
    submitter,
    defaultPrevented: false,
    preventDefault: () => {
      prevented = true;
    },
  });
  for (let i = 0; i < 10; i += 1) await new Promise((resolve) => setImmediate(resolve));
  return prevented;
}

test("an accepted offer is gone, and its case is opened", async () => {
  const { it } = actions({ case: 4 });
  assert.equal(await submit(it, form({ name: "accept" })), true);
  assert.deepEqual(calls, [
    ["post", "/act/"],
    ["offers.drop", "8"],
    ["on.open", 4],
    ["queue.refresh", { force: true }],
  ]);
});

test("an offer that somebody else took is gone, and the expert hears why", async () => {
  for (const [status, words] of [
    [409, "Asha was faster."],
    [404, "It was answered."],
  ]) {
    calls.length = 0;
    const { it, toasts } = actions({ message: "Asha was faster." }, status);
    await submit(it, form({ name: "decline" }));
    assert.deepEqual(names(calls), ["post", "offers.drop", "on.look", "queue.refresh"]);
    assert.ok(toasts.includes(words), `${status}: ${toasts}`);
  }
});

test("an offer whose answer failed still rings", async () => {
  const { it, toasts } = actions({ message: "The database is away." }, 500);
  await submit(it, form({ name: "accept" }));
  assert.deepEqual(names(calls), ["post"]);
  assert.ok(toasts.includes("The database is away."));
});

test("who comes to the desk hears the bell once, and sees what waits", async () => {
  const { it } = actions({});
  const target = form({ matches: "[data-presence]" });
  await submit(it, target, button("available"));
  assert.deepEqual(names(calls), ["post", "on.testSound", "queue.refresh", "on.ringing"]);
  calls.length = 0;
  await submit(it, target, button("away"));
  assert.deepEqual(names(calls), ["post", "queue.refresh", "on.ringing"]);
});

test("another mode leads to the box, and a case handed back takes its drafts with it", async () => {
  const { it } = actions({ message: "Handed back." });
  await submit(it, form({ matches: "[data-modes]" }), button("text"));
  assert.deepEqual(names(calls), ["post", "view.refresh", "view.focusComposer"]);
  calls.length = 0;
  await submit(it, form({ name: "hand_back" }));
  assert.deepEqual(names(calls), [
    "post",
    "dialog.close",
    "view.forgetDrafts",
    "view.refresh",
    "queue.refresh",
  ]);
  calls.length = 0;
  await submit(it, form({ name: "release" }));
  assert.deepEqual(names(calls), ["post", "view.close", "queue.refresh"]);
  calls.length = 0;
  await submit(it, form({ name: "claim" }));
  assert.deepEqual(names(calls), ["post", "on.open", "queue.refresh"]);
});

test("forms that are not the desk's, or that somebody has taken, go their own way", async () => {
  const { it } = actions({});
  assert.equal(await submit(it, form()), false);
  it.submitted({ target: form({ name: "claim" }), defaultPrevented: true });
  assert.deepEqual(calls, []);
});

function keys({ dialog = null, offerKey = () => false, pressed = "false", letters, named } = {}) {
  let down;
  globalThis.addEventListener = (_type, act) => {
    down = act;
  };
  globalThis.document = { querySelector: () => dialog };
  const help = spy("help", ["showModal"], calls);
  const found = { t: { disabled: false }, g: { disabled: true } };
  new Keys(
    { querySelector: () => help },
    {
      offerKey,
      step: (direction) => calls.push(["step", direction]),
      button: (name) =>
        found[name] && {
          ...found[name],
          getAttribute: () => pressed,
          click: () => calls.push(["click", name]),
        },
      focusComposer: () => calls.push(["focus"]),
      letters,
      named,
    },
  );
  return (key, given = {}) => {
    let prevented = false;
    const event = { key, target: { closest: () => null }, ...given };
    event.preventDefault = () => {
      prevented = true;
    };
    down(event);
    return prevented;
  };
}

test("keys walk through the queue, press the case's buttons and show the help", () => {
  const press = keys();
  assert.equal(press("j"), true);
  assert.equal(press("K"), true);
  assert.equal(press("?"), true);
  assert.equal(press("t"), true);
  assert.equal(press("g"), false, "its button is off");
  assert.equal(press("x"), false);
  assert.deepEqual(calls, [["step", 1], ["step", -1], ["help.showModal"], ["click", "t"]]);
});

test("a letter does what its person chose for it, and its old meaning is gone", () => {
  const press = keys({ named: keyNames("x:t j:j y:k") });
  assert.equal(press("x"), true);
  assert.equal(press("t"), false);
  assert.equal(press("Y"), true);
  assert.equal(press("?"), true, "the help stays where it is");
  assert.deepEqual(calls, [["click", "t"], ["step", -1], ["help.showModal"]]);
});

test("the key of the mode that is on already leads to the box", () => {
  keys({ pressed: "true" })("t");
  assert.deepEqual(calls, [["focus"]]);
});

test("single letters can be turned off on a device; with Alt they still answer an offer", () => {
  const stored = {};
  const storage = {
    getItem: (name) => stored[name] ?? null,
    setItem: (name, value) => {
      stored[name] = value;
    },
    removeItem: (name) => delete stored[name],
  };
  let change;
  const box = {
    addEventListener: (_type, act) => {
      change = act;
    },
  };
  const letters = singleLetters(box, storage);
  const press = keys({ letters, offerKey: ({ altKey }) => Boolean(altKey) });
  assert.equal(press("j"), true);
  box.checked = false;
  change();
  assert.equal(press("j"), false);
  assert.equal(press("?"), false);
  assert.equal(press("a", { altKey: true }), true);
  singleLetters(box, storage);
  assert.equal(box.checked, false, "kept over a reload");
  box.checked = true;
  change();
  assert.deepEqual(stored, {});
});

test("keys mean nothing to who types, in a dialog, or to the browser's own", () => {
  const press = keys();
  press("j", { target: { closest: () => ({}) } });
  press("j", { ctrlKey: true });
  press(undefined);
  keys({ dialog: {} })("j");
  assert.deepEqual(calls, []);
  assert.equal(keys({ dialog: {}, offerKey: () => true })("a"), true, "an offer is over all");
});

test("an expert who waits for offers is told that they could not be heard", async () => {
  const bell = spy("bell", ["arm", "play"], calls, { armed: false });
  const node = strict("node", { hidden: true });
  const page = { available: true };
  const notice = new SoundNotice(
    {
      querySelector: (name) => (name === "[data-sound]" ? node : page.available ? {} : null),
    },
    bell,
  );
  notice.show();
  assert.equal(node.hidden, false);
  page.available = false;
  notice.show();
  assert.equal(node.hidden, true);
  page.available = true;
  bell.armed = true;
  notice.show();
  assert.equal(node.hidden, true);
  await notice.test();
  assert.deepEqual(calls, [["bell.arm"], ["bell.play", 3]]);
});

test("rows that stand there already are not new", () => {
  const fresh = [];
  const hold = new Hold({ apply() {}, fresh: (count) => fresh.push(count), shown: ["1", "2"] });
  hold.hold();
  hold.take("a", ["1", "2", "3"]);
  assert.deepEqual(fresh, [1]);
});

test("the ticks of a checklist are kept by case", () => {
  const kept = new Map();
  const drafts = new Drafts({
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => kept.set(key, value),
    removeItem: (key) => kept.delete(key),
  });
  const boxes = ["1", "2", "3"].map((check) => ({ checked: false, dataset: { check } }));
  const checklist = new Checklist(
    {
      querySelectorAll: (selector) =>
        selector.endsWith(":checked") ? boxes.filter((box) => box.checked) : boxes,
    },
    drafts,
  );
  boxes[1].checked = true;
  boxes[2].checked = true;
  checklist.keep(4);
  checklist.restore(5);
  assert.ok(boxes.every((box) => !box.checked));
  checklist.restore(4);
  assert.deepEqual(
    boxes.map((box) => box.checked),
    [false, true, true],
  );
});

/** A case as the merge sees it: named parts with a mode and a markup. */
function caseNodes(parts, attributes = {}) {
  const nodes = new Map();
  for (const [name, { mode = "", html = "" }] of Object.entries(parts)) {
    nodes.set(name, {
      dataset: { composerMode: mode },
      innerHTML: html,
      childNodes: [html],
      contains: () => false,
      replaceChildren(...children) {
        this.innerHTML = children.join("");
      },
    });
  }
  const given = new Map(Object.entries(attributes));
  const article = {
    getAttribute: (name) => given.get(name) ?? "",
    setAttribute: (name, value) => given.set(name, value),
    querySelector: (selector) => nodes.get(/\[data-part=(\w+)\]/.exec(selector)[1]),
  };
  const section = {
    querySelector: (selector) =>
      selector === "[data-case-view]" ? article : article.querySelector(selector),
  };
  return { section, nodes, given };
}

test("a fresh case replaces its head, and of the rest only what has changed", () => {
  globalThis.document = { activeElement: null };
  const before = {
    head: { html: "old" },
    guidance: { html: "waiting" },
    colleagues: { html: "nobody" },
    notes: { html: "one" },
    note: { mode: "note", html: "half a note" },
    composer: { mode: "text", html: "half a sentence" },
    dialogs: { mode: "1", html: "the dialog" },
    context: { html: "profile" },
  };
  const shown = caseNodes(before, { "data-mode": "text" });
  const merge = new CaseMerge(shown.section, "profile");
  const same = {
    ...before,
    head: { html: "new" },
    guidance: { html: "used" },
    notes: { html: "two" },
    note: { mode: "note", html: "" },
    composer: { mode: "text", html: "" },
  };
  assert.deepEqual(merge.take(caseNodes(same, { "data-mode": "guide" }).section), []);
  assert.equal(shown.nodes.get("head").innerHTML, "new");
  assert.equal(shown.nodes.get("guidance").innerHTML, "used");
  assert.equal(shown.nodes.get("composer").innerHTML, "half a sentence");
  assert.equal(shown.nodes.get("notes").innerHTML, "two");
  assert.equal(shown.nodes.get("note").innerHTML, "half a note");
  assert.equal(shown.given.get("data-mode"), "guide");

  const other = {
    ...before,
    composer: { mode: "guide", html: "an empty box" },
    dialogs: { mode: "0", html: "" },
    context: { html: "profile and diary" },
  };
  const next = caseNodes(other).section;
  assert.deepEqual(merge.take(next), ["composer", "dialogs", "context"]);
  assert.equal(shown.nodes.get("composer").dataset.composerMode, "guide");
  assert.deepEqual(merge.take(next), [], "it is the same now");
});

// --- fetched twice --------------------------------------------------------------------------------

test("who waits for a fetch that a newer one overtook waits until the newer one is shown", async () => {
  const answers = [];
  const given = {
    fetch: () => new Promise((resolve) => answers.push(resolve)),
    location: { href: "http://desk.invalid/" },
    document: { createElement: () => ({ content: { querySelectorAll: () => [] } }) },
  };
  for (const [name, value] of Object.entries(given)) {
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  }
  const view = Object.create(CaseView.prototype);
  const shown = [];
  Object.assign(view, {
    pk: 4,
    round: 0,
    root: strict("root", { dataset: { caseUrl: "/desk/0/" } }),
    section: strict("section", { querySelectorAll: () => [], matches: () => false }),
    summary: strict("summary", { begin: () => 1 }),
    merge: () => shown.push("merged"),
    on: strict("on", { trouble: (error) => shown.push(error.message) }),
  });
  const first = view.fetch().then(() => shown.push("first is done"));
  view.fetch();
  const [early, late] = answers;
  early(new Response("<p>old</p>"));
  await new Promise((resolve) => setTimeout(resolve));
  assert.deepEqual(shown, [], "the older answer is not shown, and nobody goes on");
  late(new Response("<p>new</p>"));
  await first;
  assert.deepEqual(shown, ["merged", "first is done"]);
});

// --- passing on -----------------------------------------------------------------------------------

/** A case whose dialogs are these, as it stands once `meanwhile(view)` has happened. */
async function passOn(meanwhile) {
  const view = Object.create(CaseView.prototype);
  const dialog = (name) => spy(name, ["showModal"], calls, { open: false });
  const dialogs = { "#pass-on": dialog("pass-on"), "#hand-back": dialog("hand-back") };
  const section = strict("section", {
    querySelector: (selector) => dialogs[selector],
    querySelectorAll: () => Object.values(dialogs),
  });
  Object.assign(view, { pk: 4, section, fetch: async () => meanwhile(view, dialogs) });
  await view.passOn();
  return names(calls);
}

test("the dialog to pass on opens for the case in which it was asked for", async () => {
  assert.deepEqual(await passOn(() => {}), ["pass-on.showModal"]);
});

test("what was opened while it was fetched stays as it is", async () => {
  const others = [
    (view) => Object.assign(view, { pk: 5 }),
    (view) => Object.assign(view, { pk: null }),
    (_view, dialogs) => Object.assign(dialogs["#hand-back"], { open: true }),
  ];
  for (const meanwhile of others) assert.deepEqual(await passOn(meanwhile), []);
});
