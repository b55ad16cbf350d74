// What lies beside the thread: a region that fetches itself, with forms whose answer replaces it.

import { parse, post } from "../ui/http.js";
import { refetch } from "../ui/refetch.js";
import { toast } from "../ui/toast.js";

const WIDE = "(min-width: 1000px)";

export function startSide(root) {
  const side = root.querySelector("[data-side]");
  if (!side) return;
  side.open = matchMedia(WIDE).matches; // on a phone the thread needs the room
  const region = side.querySelector("[data-refetch]");
  refetch(region);
  region.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-fragment-form]");
    if (!form) return;
    event.preventDefault();
    replaceBy(form, region);
  });
}

async function replaceBy(form, region) {
  try {
    const response = await post(form.action, new FormData(form));
    region.replaceChildren(parse(await response.text()));
    region.dispatchEvent(new CustomEvent("coachline:refetched", { bubbles: true }));
  } catch (error) {
    toast(error.message, { kind: "danger" });
  }
}
