import assert from "node:assert/strict";
import { test } from "node:test";
import { fit, isPicture, picturesOf } from "../../static/js/talk/pictures/file.js";
import { refused, upload } from "../../static/js/talk/pictures/upload.js";

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
