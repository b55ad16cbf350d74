// Puts what the server drew anew in place of what is shown.

import { isPressed, released } from "../ui/pressed.js";
import { paintTimes } from "../ui/times.js";

// Another one in each answer, and all of them are good.
const TOKEN = /<input [^>]*name="csrfmiddlewaretoken"[^>]*>/g;

/**
 * Put what stands in `fresh` in place, and keep focus on the element of the same id. What is the same
 * stays: an alert that is put in again is told again. What is pressed stays until it is let go.
 */
export function replace(here, fresh) {
  if (drawn(here) === drawn(fresh)) return;
  if (isPressed(here)) {
    released(here).then(() => put(here, fresh));
    return;
  }
  put(here, fresh);
}

function put(here, fresh) {
  const focused = here.contains(document.activeElement) ? document.activeElement.id : "";
  here.replaceChildren(...fresh.childNodes);
  paintTimes(here);
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
}

function drawn(part) {
  return part.innerHTML.replace(TOKEN, "").trim();
}
