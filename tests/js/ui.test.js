/** The parts of js/ui that are rules and not drawing. */
import "./browser.js";
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import {
  ask,
  body,
  change,
  changeJson,
  explain,
  fragment,
  post,
  RequestError,
} from "../../static/js/net/http.js";
import { chosen } from "../../static/js/ui/device.js";
import { shows } from "../../static/js/ui/refetch.js";
import { next, startLimits } from "../../static/js/ui/shell.js";
import { relative } from "../../static/js/ui/times.js";

const realFetch = globalThis.fetch;
afterEach(() => {
  globalThis.fetch = realFetch;
});

function answer(text, status, type = "text/html") {
  return new Response(text, { status, headers: { "Content-Type": type } });
}

test("objects go as JSON, forms as they are", () => {
  const packed = body({ said: "an egg" });
  assert.equal(packed.body, '{"said":"an egg"}');
  assert.equal(packed.headers["Content-Type"], "application/json");
  const form = new FormData();
  assert.equal(body(form).body, form);
  assert.deepEqual(body(form).headers, {});
  assert.equal(body(undefined).body, undefined);
});

test("a failed answer is explained by its own words when it has some", async () => {
  const own = await explain(
    answer('{"code":"floor","message":"Asha is speaking."}', 409, "application/json"),
  );
  assert.ok(own instanceof RequestError);
  assert.equal(own.message, "Asha is speaking.");
  assert.equal(own.code, "floor");
  assert.equal(own.status, 409);
});

test("a failed answer without words is explained by its status", async () => {
  assert.equal((await explain(answer("<h1>no</h1>", 403))).message, "forbidden");
  assert.equal((await explain(answer("", 429))).message, "toomany");
  assert.equal((await explain(answer("", 500))).message, "failed");
  assert.equal((await explain(answer("{broken", 500, "application/json"))).message, "failed");
});

test("a server that cannot be reached says so", async () => {
  globalThis.fetch = async () => {
    throw new TypeError("network");
  };
  await assert.rejects(post("/x", {}), { message: "offline", status: 0 });
});

test("an aborted request stays an abort", async () => {
  globalThis.fetch = async () => {
    throw new DOMException("stopped", "AbortError");
  };
  await assert.rejects(post("/x", {}), { name: "AbortError" });
});

test("post sends the method, the body and the header of our own requests", async () => {
  let sent;
  globalThis.fetch = async (url, options) => {
    sent = { url, ...options };
    return answer("{}", 200, "application/json");
  };
  await post("/diary/add/", { said: "tea" });
  assert.equal(sent.url, "/diary/add/");
  assert.equal(sent.method, "POST");
  assert.equal(sent.body, '{"said":"tea"}');
  assert.ok("X-CSRFToken" in sent.headers);
});

/** A form with these fields. */
function form(fields) {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  return data;
}

/** Answers in turn; "lost" never arrives. Returns the keys that were sent. */
function served(...answers) {
  const keys = [];
  globalThis.fetch = async (_url, { body: sent }) => {
    keys.push(sent.get("key"));
    const next = answers.shift();
    if (next === "lost") throw new TypeError("network");
    return next;
  };
  return keys;
}
const saved = () => answer('{"message":"Logged."}', 200, "application/json");

test("a change whose answer was lost is sent again under its key, and no other is", async () => {
  const keys = served("lost", answer("", 502), saved(), saved(), saved());
  const egg = { said: "an egg", csrfmiddlewaretoken: "a" };
  const unsure = { message: "unsure", unsure: true };
  await assert.rejects(change("/log/", form(egg)), unsure);
  await assert.rejects(change("/log/", form({ ...egg, csrfmiddlewaretoken: "b" })), unsure);
  await change("/log/", form(egg));
  await change("/log/", form(egg)); // a second egg
  await change("/log/", form({ said: "two eggs" }));
  assert.ok(keys[0].length >= 32);
  assert.deepEqual(keys.slice(1, 3), [keys[0], keys[0]]);
  assert.equal(new Set(keys).size, 3);
});

test("other words, or another address, are another change while an answer is missing", async () => {
  const keys = served("lost", "lost", "lost", "lost");
  for (const [url, said] of [
    ["/a/", "x"],
    ["/a/", "y"],
    ["/b/", "x"],
    ["/a/", "x"],
  ]) {
    await assert.rejects(change(url, form({ said })));
  }
  assert.equal(new Set(keys).size, 3);
  assert.equal(keys[0], keys[3]);
});

test("a refusal is an answer: nobody is unsure, and the next try is another one", async () => {
  const refused = () => answer('{"message":"Too heavy."}', 422, "application/json");
  const keys = served(refused(), refused());
  await assert.rejects(change("/w/", form({ grams: "9" })), {
    message: "Too heavy.",
    unsure: false,
  });
  await assert.rejects(change("/w/", form({ grams: "9" })));
  assert.notEqual(keys[0], keys[1]);
});

test("an answer that breaks off is none", async () => {
  const broken = () => {
    const body = new ReadableStream({ start: (stream) => stream.error(new TypeError("cut off")) });
    return new Response(body, { headers: { "Content-Type": "application/json" } });
  };
  const keys = served(broken(), saved());
  await assert.rejects(changeJson("/c/", form({ said: "tea" })), { unsure: true });
  assert.deepEqual(await changeJson("/c/", form({ said: "tea" })), { message: "Logged." });
  assert.equal(keys[0], keys[1]);
});

test("a page in place of an answer is that of somebody who is signed out", async () => {
  served(answer("<form>sign in</form>", 200));
  await assert.rejects(changeJson("/s/", form({ said: "tea" })), { status: 403 });
});

test("to ask needs no key", async () => {
  const keys = served(answer("<p>about 70 kcal</p>", 200));
  await ask("/preview/", form({ said: "an egg", key: "of the form" }));
  assert.deepEqual(keys, [null]);
});

test("a fragment that was redirected to another page is refused", async () => {
  const redirected = (url) => {
    const response = answer("<form>sign in</form>", 200);
    Object.defineProperty(response, "redirected", { value: true });
    Object.defineProperty(response, "url", { value: url });
    return response;
  };
  globalThis.fetch = async () => redirected("https://here.test/accounts/login/?next=/day/");
  await assert.rejects(fragment("https://here.test/day/"), { status: 403 });
  globalThis.fetch = async () => redirected("https://here.test/day/");
  assert.equal(await fragment("https://here.test/day/"), "<form>sign in</form>");
});

test("a region shows only what it names", () => {
  assert.ok(shows("day objectives", "objectives"));
  assert.ok(!shows("day", "da"));
  assert.ok(!shows("today", "day"));
});

test("the theme switch forgets a choice that the system makes anyway", () => {
  assert.equal(chosen("light", false), "dark");
  assert.equal(chosen("dark", false), "");
  assert.equal(chosen("dark", true), "light");
  assert.equal(chosen("light", true), "");
});

test("arrow keys walk around the ends of a menu", () => {
  assert.equal(next(-1, 1, 3), 0);
  assert.equal(next(-1, -1, 3), 2);
  assert.equal(next(2, 1, 3), 0);
  assert.equal(next(0, -1, 3), 2);
});

test("times are said in whole units", () => {
  assert.equal(relative(-180, "en"), "3 minutes ago");
  assert.equal(relative(7200, "en"), "in 2 hours");
  assert.equal(relative(-20, "en"), "now");
  assert.equal(relative(-86_400, "en"), "yesterday");
});

test("a field takes a long paste whole and says by how much it is too long", async () => {
  const page = new EventTarget();
  const field = { maxLength: 5, dataset: {}, value: "", attributes: ["maxlength"] };
  field.removeAttribute = (name) => field.attributes.splice(field.attributes.indexOf(name), 1);
  field.setAttribute = () => {};
  const said = new Promise((resolve) => {
    field.setCustomValidity = resolve;
  });
  const happens = (type) => {
    const event = new Event(type);
    Object.defineProperty(event, "target", { value: field });
    page.dispatchEvent(event);
  };
  startLimits(page);
  happens("focusin");
  assert.deepEqual(field.attributes, [], "before anything is pasted");
  assert.equal(field.dataset.limit, 5);
  field.value = "two eggs";
  happens("input");
  assert.equal(await said, "too_long");
});
