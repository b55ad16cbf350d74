// Who else has the case open is shown while they say so, and no longer.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Colleagues } from "../../static/js/desk/case/colleagues.js";

const WORDS = { here: "Here: {names}.", typing: "Writing: {names}." };

function stage() {
  const place = { textContent: "", hidden: true };
  let at = 0;
  let tick;
  const colleagues = new Colleagues(place, WORDS, {
    now: () => at,
    every: (act) => {
      tick = act;
    },
  });
  const after = (ms) => {
    at += ms;
    tick();
  };
  return { place, colleagues, after };
}

test("who reads along is named until they say so no more", () => {
  const { place, colleagues, after } = stage();
  colleagues.note({ expert: 1, name: "Bea", typing: false });
  colleagues.note({ expert: 2, name: "Cem", typing: false });
  assert.deepEqual([place.textContent, place.hidden], ["Here: Bea, Cem.", false]);
  after(6000);
  colleagues.note({ expert: 2, name: "Cem", typing: false });
  after(5000);
  assert.equal(place.textContent, "Here: Cem.");
  after(6000);
  assert.deepEqual([place.textContent, place.hidden], ["", true]);
});

test("who writes is said to write for some seconds after the last letter", () => {
  const { place, colleagues, after } = stage();
  colleagues.note({ expert: 1, name: "Bea", typing: true });
  colleagues.note({ expert: 1, name: "Bea", typing: false }); // the beat that comes between
  assert.equal(place.textContent, "Writing: Bea.");
  after(5000);
  assert.equal(place.textContent, "Here: Bea.");
});
