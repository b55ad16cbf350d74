import assert from "node:assert/strict";
import { test } from "node:test";
import { fit, isPicture, picturesOf } from "../../static/js/talk/pictures/file.js";
import { Sending } from "../../static/js/talk/pictures/sending.js";
import { refused, upload } from "../../static/js/talk/pictures/upload.js";
import { names, spy } from "./strict.js";
import "./browser.js";

test("a photo is made to fit, upright or lying, and a small one stays as it is", () => {
  assert.deepEqual(fit(4000, 3000), [1600, 1200]);
  assert.deepEqual(fit(3000, 4000), [1200, 1600]);
  assert.deepEqual(fit(640, 480), [640, 480]);
  assert.deepEqual(fit(20000, 3), [1600, 1]);
});

test("pictures are known by their type, or a camera's file by its name", () => {
  assert.equal(isPicture({ type: "image/heic", name: "a" }), true);
  assert.equal(isPicture({ type: "", name: "IMG_1.HEIC" }), true);
  assert.equal(isPicture({ type: "", name: "notes.txt" }), false);
  assert.equal(isPicture({ type: "application/pdf", name: "a.png" }), false);
});

test("of what is pasted or dropped only the pictures count", () => {
  const files = [
    { type: "image/png", name: "a" },
    { type: "text/plain", name: "b" },
  ];
  assert.deepEqual(picturesOf({ files }), [files[0]]);
  assert.deepEqual(picturesOf({ files: [] }), []);
  assert.deepEqual(picturesOf(null), []);
});

test("a refusal says what the server says, a proxy's page says nothing", () => {
  const error = refused(413, JSON.stringify({ message: "Too large.", code: "picture_too_large" }));
  assert.deepEqual(
    [error.message, error.status, error.code],
    ["Too large.", 413, "picture_too_large"],
  );
  assert.equal(refused(502, "<html>").message, "failed");
});

test("an upload that was led to the page to sign in has failed, and says so", async () => {
  class Request {
    constructor() {
      this.upload = {};
    }
    open() {}
    setRequestHeader() {}
    abort() {}
    send() {
      this.status = 200;
      this.responseText = "<!doctype html>";
      this.onload();
    }
  }
  globalThis.XMLHttpRequest = Request;
  globalThis.document = { querySelector: () => ({ content: "t" }) };
  try {
    const { signal } = new AbortController();
    await assert.rejects(upload("/p", null, { signal, progress: () => {} }), {
      message: "forbidden",
    });
  } finally {
    delete globalThis.XMLHttpRequest;
    delete globalThis.document;
  }
});

/** A picture on its way; `answers` are what each try brings: a place in the thread, or an error. */
function sending(...answers) {
  const calls = [];
  const ids = [];
  const part = (name) => {
    const heard = {};
    return {
      hidden: false,
      value: 0,
      textContent: "",
      append: () => calls.push([`${name}.append`]),
      setAttribute() {},
      addEventListener: (_type, act) => {
        heard.click = act;
      },
      press: () => heard.click(),
    };
  };
  const parts = new Map();
  const node = {
    querySelector: (selector) =>
      parts.get(selector) ?? parts.set(selector, part(selector)).get(selector),
    toggleAttribute: (_name, on) => calls.push(["failed", on]),
    remove: () => calls.push(["remove"]),
  };
  const words = {
    picture_sending: "Sending",
    picture_looking: "The coach looks",
    picture_sent: "Sent",
  };
  const it = new Sending(new Blob(["x"]), null, {
    blank: { cloneNode: () => node },
    url: "/pictures/",
    words,
    thread: spy("thread", ["append", "announce", "settleScroll"], calls),
    on: spy("on", ["sent", "cancelled"], calls),
    send: async (_url, form, { progress, signal }) => {
      ids.push(form.get("client_id"));
      progress(1);
      const answer = answers.shift();
      if (answer === "wait") {
        await new Promise((done) => signal.addEventListener("abort", done));
        throw new DOMException("cancelled", "AbortError");
      }
      if (answer instanceof Error) throw answer;
      return answer;
    },
  });
  const of = (name) => parts.get(`[data-picture-${name}]`);
  return { it, of, calls, ids };
}

test("a picture that has its place is in the thread, and its line goes", async () => {
  const { it, of, calls } = sending({ seq: 4, url: "/c/4" });
  await it.start();
  assert.equal(of("state").textContent, "The coach looks");
  assert.deepEqual(calls.slice(-3), [
    ["on.sent", { seq: 4, url: "/c/4" }],
    ["thread.announce", "Sent"],
    ["remove"],
  ]);
});

test("a picture that failed says why, and goes under the same id when it is tried again", async () => {
  const { it, of, calls, ids } = sending(new Error("Too large."), { seq: 4, url: "/c/4" });
  await it.start();
  assert.equal(of("state").textContent, "Too large.");
  assert.equal(of("retry").hidden, false);
  assert.ok(!names(calls).includes("remove"));
  of("retry").press();
  await new Promise((resolve) => setImmediate(resolve));
  assert.ok(names(calls).includes("remove"));
  assert.equal(ids[0], ids[1]);
});

test("a picture that is cancelled is no failure", async () => {
  const { it, of, calls } = sending("wait");
  const done = it.start();
  of("cancel").press();
  await done;
  assert.deepEqual(names(calls).slice(-2), ["remove", "on.cancelled"]);
  assert.notEqual(of("retry").hidden, false);
});
