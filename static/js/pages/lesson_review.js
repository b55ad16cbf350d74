/** Review: 1 to 4 say how well it was known, U takes the last answer back. */
import { startHearing } from "../lessons/hear.js";
import { startKeys } from "../lessons/keys.js";
import { startSaying } from "../lessons/say.js";
import { wired } from "../ui/wired.js";

const page = document.querySelector("[data-page=review]");

function press(selector) {
  const button = page.querySelector(selector);
  if (!button) return false;
  button.click();
  return true;
}

const answers = ["1", "2", "3", "4"].map((value) => [
  value,
  () => press(`[data-answers] button[value="${value}"]`),
]);
startKeys({ ...Object.fromEntries(answers), u: () => press("[data-undo]") });
startHearing(page);
startSaying(page);
wired("page");
