/**
 * The form of a lesson: rows are added, taken away and moved, by mouse or keyboard (Alt with an
 * arrow moves the row of the field), and what is typed is kept over a reload.
 */

import { FormDraft, fill } from "../lessons/form_draft.js";
import { Rows } from "../lessons/rows.js";
import { tabDraft } from "../ui/composer.js";
import { open } from "../ui/dialog.js";
import { offer, wired } from "../ui/wired.js";

const KEPT_AFTER_MS = 400; // of rest: a lesson has hundreds of fields
const FIELDS = "input:not([type=hidden]), textarea, select";

const form = document.querySelector("[data-editor]");
const told = form.querySelector("[data-told]");
const draft = new FormDraft(tabDraft(form.dataset.editor), form);
const lists = new Map();

function say(key, numbers) {
  told.textContent = form.dataset[key].replace("{n}", numbers.n).replace("{all}", numbers.all);
}

/** The list that `node` stands in; made once. */
function rowsOf(node) {
  const root = node.closest("[data-rows]");
  if (!lists.has(root)) lists.set(root, new Rows(root, { told: say, offer }));
  return lists.get(root);
}

function everyList() {
  for (const root of form.querySelectorAll("[data-rows]")) rowsOf(root);
}

function sized(prefix, n) {
  everyList();
  const rows = [...lists.values()].find((list) => list.prefix === prefix && list.root.isConnected);
  if (!rows) return;
  while (rows.rows.length < n && rows.add());
  while (rows.rows.length > n) rows.rows.at(-1).remove();
  rows.numbered();
  everyList();
}

// --- what is typed -------------------------------------------------------------------------------
let waiting = 0;

function stopWaiting() {
  clearTimeout(waiting);
  waiting = 0;
}

function keep() {
  stopWaiting();
  draft.keep();
}

function keepSoon() {
  clearTimeout(waiting);
  waiting = setTimeout(keep, KEPT_AFTER_MS);
}

function giveBack() {
  const pairs = draft.take();
  if (pairs === null) return;
  fill(form, pairs, sized);
  document.querySelector("[data-draft-told]").hidden = false;
}

document.querySelector("[data-discard]").addEventListener("click", () => {
  stopWaiting();
  draft.forget();
  location.reload();
});
form.addEventListener("input", keepSoon);
form.addEventListener("submit", () => {
  stopWaiting();
  draft.keep(true);
});
window.addEventListener("pagehide", () => waiting && keep());

// Before all else that a submit does: a form that makes another version the newest asks first.
async function askFirst(event) {
  const other = event.target.closest("[data-drops-typed]");
  if (!other) return;
  if (draft.unsaved) {
    event.preventDefault();
    event.stopImmediatePropagation();
    if ((await open(document.getElementById("drop-typed"))) !== "yes") return;
    other.submit();
  }
  stopWaiting();
  draft.forget();
}
document.addEventListener("submit", askFirst, { capture: true });

// --- rows ----------------------------------------------------------------------------------------
form.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button?.type !== "button") return;
  const rows = rowsOf(button);
  const row = button.closest("[data-row]");
  if ("add" in button.dataset) rows.add()?.querySelector(FIELDS)?.focus();
  else if ("back" in button.dataset) rows.putBack().querySelector(FIELDS)?.focus();
  else if ("move" in button.dataset) rows.move(row, button.dataset.move === "up");
  else if ("remove" in button.dataset) {
    rows.remove(row);
    rows.back.focus();
  } else return;
  keepSoon();
});

form.addEventListener("keydown", (event) => {
  const row = event.target.closest("[data-row]");
  const up = event.key === "ArrowUp";
  if (!row || !event.altKey || !(up || event.key === "ArrowDown")) return;
  event.preventDefault();
  if (rowsOf(row).move(row, up)) {
    row.scrollIntoView({ block: "nearest" });
    keepSoon();
  }
});

// --- what there is to mend -----------------------------------------------------------------------
document.querySelector("[data-next-error]")?.addEventListener("click", () => {
  const wrong = [...form.querySelectorAll('[aria-invalid="true"]')];
  const after = wrong.find(
    (field) =>
      document.activeElement.compareDocumentPosition(field) & Node.DOCUMENT_POSITION_FOLLOWING,
  );
  (after ?? wrong[0])?.focus();
});

everyList();
giveBack();
wired("page");
