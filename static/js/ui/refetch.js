/**
 * Regions that fetch themselves again: <section data-refetch="day objectives" data-url="/…">.
 * Anybody says what changed with changed("day"); pages also refetch when they come back into view.
 */
import { fetchedFor } from "./pressed.js";
import { toast } from "./toast.js";
import { word } from "./words.js";

const STALE_MS = 15_000;
const running = new WeakMap();

/** Tell every region that shows `what` to fetch itself. */
export function changed(what) {
  document.dispatchEvent(new CustomEvent("coachline:changed", { detail: { what } }));
}

/** Whether a region that names `list` (words with spaces) shows `what`. */
export function shows(list, what) {
  return list.split(/\s+/).includes(what);
}

/** Fetch one region. A second call while one is under way waits for it and then fetches once more. */
export async function refetch(region) {
  const state = running.get(region);
  if (state) {
    state.again = true;
    return state.done;
  }
  const mine = { again: false, done: null };
  mine.done = rounds(region, mine);
  running.set(region, mine);
  return mine.done;
}

async function rounds(region, mine) {
  try {
    do {
      mine.again = false;
      region.setAttribute("aria-busy", "true");
      replace(region, await fetchedFor(region, region.dataset.url));
      delete region.dataset.stale;
    } while (mine.again);
  } catch (error) {
    if (!region.dataset.stale) toast(`${word("stale")} ${error.message}`, { kind: "danger" });
    region.dataset.stale = "1";
  } finally {
    region.removeAttribute("aria-busy");
    running.delete(region);
  }
}

/** Put the new nodes in, keeping focus on the element of the same id. */
function replace(region, nodes) {
  const focused = region.contains(document.activeElement) ? document.activeElement.id : "";
  region.replaceChildren(nodes);
  region.dataset.fetched = String(Date.now());
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  region.dispatchEvent(new CustomEvent("coachline:refetched", { bubbles: true }));
}

export function startRefetch() {
  let hiddenAt = 0;
  document.addEventListener("coachline:changed", (event) => {
    for (const region of document.querySelectorAll("[data-refetch][data-url]")) {
      if (shows(region.dataset.refetch, event.detail.what)) refetch(region);
    }
  });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) {
      hiddenAt = Date.now();
    } else if (hiddenAt && Date.now() - hiddenAt > STALE_MS) {
      for (const region of document.querySelectorAll("[data-refetch][data-url]")) refetch(region);
    }
  });
}
