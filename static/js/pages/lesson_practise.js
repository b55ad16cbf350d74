/** One exercise: numbers choose, and words that are pressed go into the field. */
import { startKeys } from "../lessons/keys.js";
import { startWords } from "../lessons/words.js";
import { wired } from "../ui/wired.js";

wired("page");

const words = document.querySelector("[data-words]");
if (words) startWords(words, words.closest("form").elements.answer);

const choices = [...document.querySelectorAll("[data-choices] input")];
startKeys(
  Object.fromEntries(
    choices.map((choice, at) => [
      String(at + 1),
      () => {
        choice.checked = true;
        choice.focus();
      },
    ]),
  ),
);
