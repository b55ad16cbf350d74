import "./browser.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { EchoWatch, loudspeaker } from "../../static/js/talk/listening/echo.js";
import { Gate, Hold, LOCK_MS, TAIL_MS, TAP_MS } from "../../static/js/talk/listening/gate.js";
import { stateWords } from "../../static/js/talk/stage/words.js";

test("an open microphone is always heard", () => {
  const gate = new Gate();
  assert.equal(gate.passes(true, 0), true);
  assert.equal(gate.passes(false, 1), true);
});

test("half-duplex sends nothing while the coach plays, nor for the echo after it", () => {
  const gate = new Gate();
  gate.mode = "half";
  assert.equal(gate.passes(false, 1000), true);
  assert.equal(gate.passes(true, 2000), false);
  assert.equal(gate.passes(true, 5000), false);
  assert.equal(gate.passes(false, 5000 + TAIL_MS - 1), false);
  assert.equal(gate.passes(false, 5000 + TAIL_MS), true);
});

test("push to talk sends only what is said under the button, also over the coach", () => {
  const gate = new Gate();
  gate.mode = "push";
  assert.equal(gate.passes(false, 0), false);
  gate.held = true;
  assert.equal(gate.passes(true, 1), true);
});

function hold(can = true) {
  const told = [];
  const button = new Hold({
    down: () => {
      if (can) told.push("down");
      return can;
    },
    up: () => told.push("up"),
  });
  return { button, told };
}

test("a held button ends when it is let go, and once only", () => {
  const { button, told } = hold();
  button.press(0);
  button.press(50); // a second finger
  assert.equal(button.state, "held");
  button.lift(TAP_MS);
  button.lift(TAP_MS + 1);
  button.release();
  assert.deepEqual(told, ["down", "up"]);
});

test("a short tap keeps it open until the next, for those who cannot hold", () => {
  const { button, told } = hold();
  button.tap(0);
  assert.equal(button.state, "locked");
  assert.deepEqual(told, ["down"]);
  button.press(5000);
  button.lift(5100);
  assert.equal(button.state, "up");
  assert.deepEqual(told, ["down", "up"]);
});

test("kept open it closes by itself, when somebody has walked away", () => {
  const { button, told } = hold();
  button.tap(0);
  button.tick(LOCK_MS);
  assert.equal(button.down, true);
  button.tick(LOCK_MS + 1);
  assert.deepEqual(told, ["down", "up"]);
});

test("where nothing can be heard yet a press is none", () => {
  const { button, told } = hold(false);
  button.press(0);
  button.lift(1000);
  assert.equal(button.state, "up");
  assert.deepEqual(told, []);
});

function watch() {
  const echo = new EchoWatch();
  echo.coachSaid("c1", "You had two eggs and toast. That is three hundred kilocalories.");
  return echo;
}

test("two cuts by the coach's own words within a minute look like an echo", () => {
  const echo = watch();
  echo.cut(1000);
  assert.equal(echo.heard("Two eggs and toast!", 2000), false);
  echo.cut(30000);
  assert.equal(echo.heard("three hundred kilocalories", 31000), true);
});

test("so do cuts of which no words are left, but not of the coach's own items", () => {
  const echo = watch();
  echo.cut(1000);
  assert.equal(echo.dropped("c1", 1100), false);
  assert.equal(echo.dropped("m1", 1500), false);
  echo.cut(5000);
  assert.equal(echo.dropped("m2", 5500), true);
});

test("a member who says something of their own is not an echo", () => {
  const echo = watch();
  for (const at of [1000, 9000, 17000]) {
    echo.cut(at);
    assert.equal(echo.heard("no, three eggs", at + 500), false);
  }
});

test("nor is what was not cut, what the member cut by hand, or what is long ago", () => {
  const echo = watch();
  assert.equal(echo.heard("two eggs", 100), false);
  assert.equal(echo.heard("two eggs", 200), false);
  for (const at of [1000, 5000]) {
    echo.byHand(at);
    echo.cut(at + 300);
    assert.equal(echo.heard("", at + 500), false);
  }
  echo.cut(100000);
  assert.equal(echo.heard("", 100500), false);
  echo.cut(190000);
  assert.equal(echo.heard("", 190500), false);
});

test("a loudspeaker is probable unless the device names itself otherwise", () => {
  const out = (label, deviceId = "default") => ({ kind: "audiooutput", deviceId, label });
  assert.equal(loudspeaker([]), true);
  assert.equal(loudspeaker([out("Speakers (Realtek)")]), true);
  assert.equal(loudspeaker([out("Headphones (Sony)", "x"), out("Built-in")]), true);
  for (const name of ["Maya's AirPods", "USB Headset", "Galaxy Buds", "Earphones"]) {
    assert.equal(loudspeaker([out(name)]), false, name);
  }
});

test("the state in words says how one is heard and how to interrupt", () => {
  const words = {
    listening: "L",
    hold: "hold",
    locked: "locked",
    muted: "M",
    speaking: "S",
    speaking_text: "text",
    speaking_half: "half",
    speaking_push: "push",
    thinking: "T",
    held: "safe",
  };
  const say = (facts) => stateWords(words, { state: "listening", listening: true, ...facts });
  assert.equal(say({ mode: "push" }), "hold");
  assert.equal(say({ mode: "push", held: true }), "L");
  assert.equal(say({ mode: "push", held: true, locked: true }), "locked");
  assert.equal(say({ mode: "push", muted: true }), "M");
  assert.equal(say({ mode: "push", state: "held", held: true }), "safe");
  assert.equal(say({ mode: "push", state: "thinking" }), "T");
  for (const [mode, sentence] of [
    ["open", "S"],
    ["half", "half"],
    ["push", "push"],
  ]) {
    assert.equal(say({ mode, playing: true, state: "speaking" }), sentence);
    assert.equal(say({ mode, playing: true, state: "speaking", muted: true }), "text");
  }
});
