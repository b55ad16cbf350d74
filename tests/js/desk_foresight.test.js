// What guidance would become is shown while it is typed: the newest answer, and nothing for nothing.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Foresight } from "../../static/js/desk/case/foresight.js";

globalThis.FormData = class {
  values = new Map();
  set(name, value) {
    this.values.set(name, value);
  }
};

const soon = () => new Promise((resolve) => setTimeout(resolve, 5));

function stage(ask) {
  const place = { hidden: true, textContent: "", dataset: {} };
  const box = {
    value: "",
    listeners: [],
    addEventListener: (_name, act) => box.listeners.push(act),
  };
  const form = { dataset: { foresee: "/foresee/" }, querySelector: () => place };
  const foresight = new Foresight(form, box, { pause: 0, ask });
  const type = (text) => {
    box.value = text;
    for (const act of box.listeners) act();
  };
  return { place, type, foresight };
}

test("what is typed is foreseen, and an empty box foresees nothing", async () => {
  const { place, type, foresight } = stage(async (_url, data) => ({
    use: "word",
    message: `Says ${data.values.get("text")}`,
  }));
  type("half");
  await soon();
  assert.deepEqual(
    [place.hidden, place.textContent, place.dataset.use],
    [false, "Says half", "word"],
  );
  assert.equal(foresight.message, "Says half");
  type("half of it");
  assert.equal(foresight.message, ""); // of this text nothing was read yet
  type(" ");
  assert.equal(place.hidden, true);
});

test("a late answer for an older text is not shown", async () => {
  const waiting = [];
  const { place, type } = stage(() => new Promise((resolve) => waiting.push(resolve)));
  type("half");
  await soon();
  type("half a banana");
  await soon();
  waiting[1]({ use: "word", message: "new" });
  waiting[0]({ use: "refused", message: "old" });
  await soon();
  assert.equal(place.textContent, "new");
});

test("a server that does not answer leaves nothing wrong behind", async () => {
  const { place, type } = stage(async () => {
    throw Object.assign(new Error("no"), { status: 0 });
  });
  type("half");
  await soon();
  assert.equal(place.hidden, true);
});
