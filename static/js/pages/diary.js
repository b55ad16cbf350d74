/**
 * The diary: add with a sentence (and see before what it will write), edit in place, delete with
 * undo. Without this script every form still works and comes back to the day.
 */
import { ask, parse } from "../net/http.js";
import { Composer, tabDraft } from "../ui/composer.js";
import "../ui/regions.js";
import { done, failed, send } from "../ui/send.js";
import { wired } from "../ui/wired.js";

const PAUSE_MS = 300;
const SHORTEST = 3;

const add = document.querySelector("form[data-add]");
const said = add.elements.said;
const answer = add.querySelector("[data-answer]");
const button = add.querySelector("button[type=submit]");
const composer = new Composer(said, tabDraft(add.dataset.draft));

let asked = null;
function stopPreview() {
  asked?.abort();
  clearTimeout(timer);
}

/** Show what the sentence would write down. A newer sentence drops an older answer. */
async function preview() {
  asked?.abort();
  if (said.value.trim().length < SHORTEST || composer.over > 0) {
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

/** Write the sentence down. It stays in the box until the server has it, and so does what follows. */
async function write(data = new FormData(add), sent = said.value) {
  stopPreview();
  button.setAttribute("aria-busy", "true");
  try {
    const result = await composer.send(() => send(add, data), sent);
    if (!result) return;
    answer.replaceChildren(parse(result.answer ?? ""));
    if (result.message) done(result, "day");
    if (said.value !== (result.rest ?? "")) preview();
    said.focus();
  } catch (error) {
    failed(error, "day", () => write(data, sent));
  } finally {
    button.removeAttribute("aria-busy");
  }
}

add.addEventListener("submit", (event) => {
  event.preventDefault();
  write();
});

document.addEventListener("click", (event) => {
  const example = event.target.closest("[data-example]");
  if (!example) return;
  composer.set(example.textContent.trim());
  said.focus();
  preview();
});

wired("page");
