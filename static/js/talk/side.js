// The panel beside the thread: a region that fetches itself, with forms whose answer replaces it.

import { change, parse } from "../net/http.js";
import { refetch } from "../ui/refetch.js";
import { toast } from "../ui/toast.js";

const WIDE = "(min-width: 1000px)";

export function startSide(root) {
  const side = root.querySelector("[data-side]");
  if (!side) return;
  const region = side.querySelector("[data-refetch]");
  const wide = matchMedia(WIDE).matches; // on a phone the thread needs the room, once there is one
  side.open = wide || region.dataset.refetch === "objectives";
  if (!wide) closeOnceBegun(root, side);
  refetch(region);
  region.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-fragment-form]");
    if (!form) return;
    event.preventDefault();
    replaceBy(form, region);
  });
}

function closeOnceBegun(root, side) {
  const watch = new MutationObserver(() => {
    watch.disconnect();
    side.open = false;
  });
  watch.observe(root, { attributeFilter: ["data-begun"] });
}

async function replaceBy(form, region) {
  try {
    const response = await change(form.action, new FormData(form));
    region.replaceChildren(parse(await response.text()));
    region.dispatchEvent(new CustomEvent("coachline:refetched", { bubbles: true }));
  } catch (error) {
    toast(error.message, { kind: "danger" });
  }
}
