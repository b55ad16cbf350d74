/**
 * The pages of a teacher: what is typed is kept over a reload, and a thing to mend leads to its
 * line. Without this script every form still works.
 *   <textarea data-draft="…">   the name is another one once the text was taken
 *   <button data-copy="…" data-copied="…">   the field with this id, and what is said then
 */

import { Composer, tabDraft } from "../ui/composer.js";
import { copyFrom } from "../ui/copy.js";
import { wired } from "../ui/wired.js";

for (const box of document.querySelectorAll("textarea[data-draft]")) {
  const draft = tabDraft(box.dataset.draft);
  box.value = draft.read() || box.value;
  new Composer(box, draft);
}

/** Select the line of `box` with this number, and bring it into view. */
function goTo(box, number) {
  const lines = box.value.split("\n");
  const start = lines.slice(0, number - 1).reduce((sum, line) => sum + line.length + 1, 0);
  box.focus();
  box.setSelectionRange(start, start + (lines[number - 1] ?? "").length);
  box.scrollTop = Math.max(0, (number / lines.length) * box.scrollHeight - box.clientHeight / 2);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-line]");
  if (button) goTo(document.querySelector("[data-lesson-text]"), Number(button.dataset.line));
  const copy = event.target.closest("[data-copy]");
  if (copy) copyFrom(document.getElementById(copy.dataset.copy), copy.dataset.copied);
});
wired("page");
