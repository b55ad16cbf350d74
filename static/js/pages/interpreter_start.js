/** Where a conversation with the interpreter begins: the two languages change places. */
import { wired } from "../ui/wired.js";

const form = document.querySelector("[data-meeting-form]");

form?.querySelector("[data-swap]").addEventListener("click", () => {
  const { mine, theirs } = form.elements;
  [mine.value, theirs.value] = [theirs.value, mine.value];
});
wired("page");
