/** The profile: the targets follow what is typed, and the device's time zone is offered. */
import { ask, parse } from "../net/http.js";

const PAUSE_MS = 350;

const form = document.getElementById("profile-form");
const preview = document.querySelector("[data-targets]");

let latest = null;

/** Ask what the targets would be with the form as it is now. A newer question drops an older one. */
async function show() {
  latest?.abort();
  latest = new AbortController();
  try {
    const answer = await ask(form.dataset.preview, new FormData(form), { signal: latest.signal });
    preview.replaceChildren(parse(await answer.text()));
  } catch (error) {
    if (error.name === "AbortError") return;
    preview.textContent = error.message;
  }
}

/** Offer the device's time zone where the profile says another. */
function offerZone() {
  const hint = document.querySelector("[data-zone-hint]");
  const select = form.elements.time_zone;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const known = [...select.options].some((option) => option.value === zone);
  if (!known || select.value === zone) return;
  hint.querySelector("[data-zone]").textContent = zone.replaceAll("_", " ");
  hint.hidden = false;
  hint.querySelector("button").addEventListener("click", () => {
    select.value = zone;
    hint.hidden = true;
    select.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

let timer = 0;
form.addEventListener("input", () => {
  form.querySelector("[data-unsaved]").hidden = false;
  clearTimeout(timer);
  timer = setTimeout(show, PAUSE_MS);
});
offerZone();
show();
