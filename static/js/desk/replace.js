// Puts what the server drew anew in place of what is shown.

import { paintTimes } from "../ui/times.js";

/**
 * Put what stands in `fresh` in place, and keep focus on the element of the same id. What is the same
 * stays: an alert that is put in again is told again.
 */
export function replace(here, fresh) {
  if (here.innerHTML.trim() === fresh.innerHTML.trim()) return;
  const focused = here.contains(document.activeElement) ? document.activeElement.id : "";
  here.replaceChildren(...fresh.childNodes);
  paintTimes(here);
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
}
