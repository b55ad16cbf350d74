/**
 * The diary: add with a sentence (and see before what it will write), edit in place, delete with
 * undo. Without this script every form still works and comes back to the day.
 */
import { ask, parse } from "../net/http.js";
import "../ui/regions.js";
import { done, send } from "../ui/send.js";
import { toast } from "../ui/toast.js";
import { wired } from "../ui/wired.js";

const PAUSE_MS = 300;
const SHORTEST = 3;

const add = document.querySelector("form[data-add]");
const said = add.elements.said;
const answer = add.querySelector("[data-answer]");

let asked = null;
function stopPreview() {
  asked?.abort();
  clearTimeout(timer);
}

/** Show what the sentence would write down. A newer sentence drops an older answer. */
async function preview() {
  asked?.abort();
  if (said.value.trim().length < SHORTEST) {
    answer.replaceChildren();
    return;
  }
  asked = new AbortController();
  try {
    const shown = await ask(add.dataset.preview, new FormData(add), { signal: asked.signal });
    answer.replaceChildren(parse(await shown.text()));
  } catch (error) {
    if (error.name !== "AbortError") answer.textContent = error.message;
  }
}

let timer = 0;
said.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(preview, PAUSE_MS);
});

add.addEventListener("submit", async (event) => {
  event.preventDefault();
  stopPreview();
  const button = add.querySelector("button[type=submit]");
  if (button.getAttribute("aria-busy")) return;
  button.setAttribute("aria-busy", "true");
  try {
    const result = await send(add);
    if (result.key) add.elements.key.value = result.key;
    answer.replaceChildren(parse(result.answer ?? ""));
    said.value = result.rest ?? "";
    if (result.message) done(result, "day");
    said.focus();
  } catch (error) {
    toast(error.message, { kind: "danger" }); // what was typed stays, and so does its key
  } finally {
    button.removeAttribute("aria-busy");
  }
});

document.addEventListener("click", (event) => {
  const example = event.target.closest("[data-example]");
  if (!example) return;
  said.value = example.textContent.trim();
  said.focus();
  preview();
});

wired("page");
