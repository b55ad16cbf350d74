import assert from "node:assert/strict";
import { test } from "node:test";

import { isTyping } from "../../static/js/lessons/keys.js";
import { renamed } from "../../static/js/lessons/rows.js";
import { Saying, SayMicrophone } from "../../static/js/lessons/say.js";
import { wordAt, wordsOf } from "../../static/js/lessons/word_panel.js";
import { used } from "../../static/js/lessons/words.js";

test("each word of an exercise is used up as often as it stands in the field", () => {
  const words = ["to", "I", "to", "want"];
  assert.deepEqual(used(words, ""), [false, false, false, false]);
  assert.deepEqual(used(words, "i want"), [false, true, false, true]);
  assert.deepEqual(used(words, "to  to to"), [true, false, true, false]);
});

test("a key is a letter only where somebody writes", () => {
  assert.equal(isTyping({ tagName: "INPUT", type: "text" }), true);
  assert.equal(isTyping({ tagName: "TEXTAREA" }), true);
  assert.equal(isTyping({ tagName: "INPUT", type: "radio" }), false);
  assert.equal(isTyping({ tagName: "BUTTON", isContentEditable: false }), false);
});

/** A sound whose microphone is there or refused. */
function sound({ refused = false } = {}) {
  const made = { open: false, frame: null };
  return {
    made,
    make: (_worklets, on) => {
      made.frame = on.frame;
      return {
        start: async () => {},
        listen: async () => {
          if (refused) throw Object.assign(new Error("no"), { name: "MicrophoneError" });
          made.open = true;
        },
        stopListening: () => {
          made.open = false;
        },
      };
    },
  };
}

const FRAME = new ArrayBuffer(960);
const saying = (microphone) => ({
  finished: 0,
  async finish() {
    this.finished += 1;
    microphone.close(this);
  },
});

test("the microphone is open only while somebody says something", async () => {
  const { made, make } = sound();
  const microphone = new SayMicrophone({}, make);
  const one = saying(microphone);
  assert.equal(await microphone.open(one), true);
  assert.equal(made.open, true);
  for (let at = 0; at < 50; at += 1) made.frame(FRAME);
  const { ms } = microphone.close(one);
  assert.equal(ms, 1000);
  assert.equal(made.open, false);
  assert.equal(microphone.close(one), null);
});

test("who begins to speak ends what another button records", async () => {
  const { make } = sound();
  const microphone = new SayMicrophone({}, make);
  const [one, two] = [saying(microphone), saying(microphone)];
  await microphone.open(one);
  await microphone.open(two);
  assert.equal(one.finished, 1);
  assert.equal(microphone.owner, two);
});

test("what is recorded when its card is drawn anew is thrown away", async () => {
  const { made, make } = sound();
  const microphone = new SayMicrophone({}, make);
  const button = { querySelectorAll: () => [], setAttribute: () => {} };
  const root = { dataset: { most: 1e4 }, querySelector: () => button, querySelectorAll: () => [] };
  const one = new Saying(root, microphone);
  one.ask = () => assert.fail("it was sent");
  await one.press();
  assert.equal(made.open, true);
  one.cancel();
  assert.equal(made.open, false);
  assert.equal(microphone.owner, null);
});

test("a microphone that is refused leaves nothing open", async () => {
  const { made, make } = sound({ refused: true });
  const microphone = new SayMicrophone({}, make);
  assert.equal(await microphone.open(saying(microphone)), false);
  assert.equal(microphone.owner, null);
  assert.equal(made.open, false);
});

test("a word is found at a place of a line, with what hangs on it", () => {
  const words = wordsOf("Good morning! It's the Café’s tea-room, 여기요.");
  const found = words.map(({ word }) => word);
  assert.deepEqual(found, ["Good", "morning", "It's", "the", "Café’s", "tea-room", "여기요"]);
  assert.equal(wordAt(words, 0), 0);
  assert.equal(wordAt(words, 12), 1);
  assert.equal(wordAt(words, 13), -1);
  assert.deepEqual(wordsOf(" … "), []);
});

test("a field is called by the place of its row, and no other field with it", () => {
  const to = (value) => renamed(value, "slots-1-", "slots-0-");
  assert.equal(to("slots-1-name"), "slots-0-name");
  assert.equal(to("id_slots-1-words-1-word"), "id_slots-0-words-1-word");
  assert.equal(
    to("id_slots-1-name_helptext id_slots-1-name_error"),
    "id_slots-0-name_helptext id_slots-0-name_error",
  );
  assert.equal(to("slots-11-name"), "slots-11-name");
  assert.equal(to("other-slots-1-name"), "other-slots-1-name");
  assert.equal(
    renamed("slots-__prefix__-words-__prefix__-word", "slots-__prefix__-", "slots-2-"),
    "slots-2-words-__prefix__-word",
  );
});
