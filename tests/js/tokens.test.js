/** The tokens keep their promise: contrast of text in both modes, order of severity in grey. */
import "./browser.js";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const css = readFileSync(new URL("../../static/css/tokens.css", import.meta.url), "utf8");
const PAIR = /^ {2}--([\w-]+): light-dark\(oklch\(([^)]+)\), oklch\(([^)]+)\)\);/gm;
const tokens = new Map();
for (const [, name, light, dark] of css.matchAll(PAIR)) {
  tokens.set(
    name,
    [light, dark].map((value) => value.split(/[\s/]+/).map(Number)),
  );
}

/** Relative luminance (WCAG) of an oklch colour; out-of-gamut channels are clipped as on screen. */
function luminance([l, c, h]) {
  const a = c * Math.cos((h * Math.PI) / 180);
  const b = c * Math.sin((h * Math.PI) / 180);
  const long = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const middle = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (l - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const clip = (x) => Math.min(1, Math.max(0, x));
  const red = clip(4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short);
  const green = clip(-1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short);
  const blue = clip(-0.0041960863 * long - 0.7034186147 * middle + 1.707614701 * short);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one, other) {
  const [high, low] = [luminance(one), luminance(other)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

function atLeast(ratio, text, ground) {
  for (const [mode, name] of ["light", "dark"].entries()) {
    const found = contrast(tokens.get(text)[mode], tokens.get(ground)[mode]);
    assert.ok(found >= ratio, `${text} on ${ground}, ${name}: ${found.toFixed(2)} < ${ratio}`);
  }
}

test("the luminance of white, black and a known green", () => {
  assert.ok(Math.abs(luminance([1, 0, 0]) - 1) < 0.001);
  assert.ok(luminance([0, 0, 0]) < 0.001);
  assert.ok(Math.abs(contrast([1, 0, 0], [0, 0, 0]) - 21) < 0.05);
});

test("transcript text has 7 to 1", () => {
  for (const ground of ["paper", "surface", "surface-2"]) {
    atLeast(7, "ink", ground);
    atLeast(7, "ink-soft", ground);
  }
  for (const accent of ["coach", "expert", "member", "note"]) atLeast(7, "ink", `${accent}-soft`);
});

test("all other text has 4.5 to 1", () => {
  for (const ground of ["paper", "surface", "surface-2"]) {
    atLeast(4.5, "ink-faint", ground);
    for (const accent of ["coach", "expert", "member", "note"])
      atLeast(4.5, `${accent}-ink`, ground);
  }
  for (const accent of ["coach", "expert", "member", "note"]) {
    atLeast(4.5, `on-${accent}`, accent);
    atLeast(4.5, `${accent}-ink`, `${accent}-soft`);
  }
  atLeast(4.5, "on-danger", "danger");
  for (const p of ["p0", "p1", "p2", "p3", "p4"]) {
    atLeast(4.5, `${p}-ink`, `${p}-soft`);
    atLeast(4.5, "ink", `${p}-soft`);
  }
});

test("strokes of fields and of focus have 3 to 1", () => {
  for (const ground of ["paper", "surface"]) {
    atLeast(3, "line-strong", ground);
    atLeast(3, "focus", ground);
    atLeast(3, "coach", ground);
    atLeast(3, "expert", ground);
  }
});

test("severity reads in grey: each step differs from the next", () => {
  for (const mode of [0, 1]) {
    const steps = ["p0", "p1", "p2", "p3"].map((p) => luminance(tokens.get(p)[mode]));
    for (let i = 1; i < steps.length; i++) assert.ok(steps[i] > steps[i - 1] * 1.1, `${steps}`);
  }
});

test("every token that is stated twice is registered, so that scripts read a colour", () => {
  for (const name of tokens.keys()) assert.ok(css.includes(`@property --${name} {`), name);
});
