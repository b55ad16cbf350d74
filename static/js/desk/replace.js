// Puts what the server drew anew in place of what is shown.

import { paintTimes } from "../ui/times.js";

const RELEASES = ["pointerup", "pointercancel"];
// Another one in each answer, and all of them are good.
const TOKEN = /<input [^>]*name="csrfmiddlewaretoken"[^>]*>/g;

/**
 * Put what stands in `fresh` in place, and keep focus on the element of the same id. What is the same
 * stays: an alert that is put in again is told again. What is pressed stays until it is let go: a
 * button that goes meanwhile is never clicked.
 */
export function replace(here, fresh) {
  if (drawn(here) === drawn(fresh)) return;
  if (here.matches(":active")) {
    const released = new AbortController();
    const later = () => {
      released.abort();
      setTimeout(() => replace(here, fresh)); // the click comes first
    };
    for (const kind of RELEASES) addEventListener(kind, later, { signal: released.signal });
    return;
  }
  const focused = here.contains(document.activeElement) ? document.activeElement.id : "";
  here.replaceChildren(...fresh.childNodes);
  paintTimes(here);
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
}

function drawn(part) {
  return part.innerHTML.replace(TOKEN, "").trim();
}
