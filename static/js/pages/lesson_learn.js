/** The phrases of a lesson: heard, said, and typed in place. */
import { startHearing } from "../lessons/hear.js";
import { startSaying } from "../lessons/say.js";
import { parse, post } from "../net/http.js";
import { failed } from "../ui/send.js";
import { wired } from "../ui/wired.js";

const page = document.querySelector("[data-page=learn]");

/** Judge what was typed; the card comes back with the verdict. */
async function check(form) {
  const part = form.closest("[data-part]");
  const { id } = form.elements.typed;
  form.setAttribute("aria-busy", "true");
  try {
    const answer = await post(form.action, new FormData(form));
    part.replaceChildren(parse(await answer.text()));
    focusAfter(document.getElementById(id));
  } catch (error) {
    failed(error, "", null);
  } finally {
    form.removeAttribute("aria-busy");
  }
}

/** On to the next phrase when it was right, else back to the same. */
function focusAfter(field) {
  const right = field.form.querySelector(".verdict--right, .verdict--close");
  const following = field.closest("[data-part]").nextElementSibling?.querySelector("[name=typed]");
  (right && following ? following : field).focus();
}

page.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-answer]");
  if (!form) return;
  event.preventDefault();
  if (!form.hasAttribute("aria-busy")) check(form);
});

startHearing(page);
startSaying(page);
wired("page");
