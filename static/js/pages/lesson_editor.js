/** The editor of a lesson: a thing to mend leads to its line. Everything else works without it. */
import { wired } from "../ui/wired.js";

const box = document.querySelector("[data-lesson-form] textarea");

/** Select the line of the text with this number, and bring it into view. */
function goTo(number) {
  const lines = box.value.split("\n");
  const before = lines.slice(0, number - 1).join("\n").length + (number > 1 ? 1 : 0);
  box.focus();
  box.setSelectionRange(before, before + (lines[number - 1] ?? "").length);
  box.scrollTop = Math.max(0, (number / lines.length) * box.scrollHeight - box.clientHeight / 2);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-line]");
  if (button) goTo(Number(button.dataset.line));
});
wired("page");
