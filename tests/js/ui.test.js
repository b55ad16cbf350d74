/** The parts of js/ui that are rules and not drawing. */
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { body, explain, fragment, post, RequestError } from "../../static/js/net/http.js";
import { chosen } from "../../static/js/ui/device.js";
import { shows } from "../../static/js/ui/refetch.js";
import { next } from "../../static/js/ui/shell.js";
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
