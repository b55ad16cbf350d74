// The page that is read beside the desk hides words as the desk does.

import "./browser.js";
import assert from "node:assert/strict";
import { test } from "node:test";

test("the button and the key hide the words of an earlier page, and show them", async () => {
  const heard = { root: {}, button: {} };
  const hears = (of) => (name, act) => Object.assign(heard[of], { [name]: act });
  const button = {
    addEventListener: hears("button"),
    setAttribute: (_name, value) => Object.assign(button, { pressed: value }),
  };
  const root = {
    dataset: {},
    querySelector: () => button,
    toggleAttribute: (name, on) => Object.assign(root, { [name]: on }),
  };
  const given = {
    addEventListener: hears("root"),
    document: {
      hasFocus: () => false,
      querySelector: (what) => (what === "main[data-page=earlier]" ? root : null),
      querySelectorAll: () => [],
    },
  };
  const timer = globalThis.setTimeout;
  Object.assign(globalThis, given, { setTimeout: () => 0 });
  await import("../../static/js/pages/earlier.js");
  globalThis.setTimeout = timer;
  assert.equal(root["data-veiled"], false, "who does not want it reads on in another window");
  heard.button.click();
  assert.deepEqual([root["data-veiled"], button.pressed], [true, "true"]);
  heard.root.keydown({ key: "B", target: {} });
  assert.equal(root["data-veiled"], false);
  heard.root.keydown({ key: "b", ctrlKey: true, target: {} });
  assert.equal(root["data-veiled"], false, "that is the browser's own");
});
