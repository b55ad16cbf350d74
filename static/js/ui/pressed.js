// A part of the page is not drawn anew while somebody presses what stands in it: a button that is
// gone when the finger leaves it is never clicked.

import { fragment, parse } from "../net/http.js";

const ENDS = ["pointerup", "pointercancel", "keyup"];
const LONGEST_MS = 5000; // a part that is held down for longer is drawn all the same

export const isPressed = (part) => part.matches(":active");

/** Resolves once nothing in `part` is pressed any more, and the click was heard. */
export async function released(part) {
  if (!isPressed(part)) return;
  const ended = new AbortController();
  await new Promise((resolve) => {
    setTimeout(resolve, LONGEST_MS);
    for (const kind of ENDS) {
      addEventListener(kind, () => setTimeout(resolve), { signal: ended.signal });
    }
  });
  ended.abort();
}

/** Fetch what is to stand in `part` next: the nodes, once nothing that stands there is pressed. */
export async function fetchedFor(part, url) {
  const nodes = parse(await fragment(url));
  await released(part);
  return nodes;
}
