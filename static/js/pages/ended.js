/** A talk that has ended: the member answers what a person wrote to them. */
import { changeJson } from "../net/http.js";
import { Composer, tabDraft } from "../ui/composer.js";
import { changed } from "../ui/refetch.js";
import { failed } from "../ui/send.js";
import { toast } from "../ui/toast.js";
import { wired } from "../ui/wired.js";

const form = document.querySelector("form[data-answer]");
const composer = new Composer(form.elements.text, tabDraft(`answer ${form.action}`));

async function send() {
  form.setAttribute("aria-busy", "true");
  try {
    const answer = await composer.send((text) => {
      const data = new FormData(form);
      data.set("text", text);
      return changeJson(form.action, data);
    });
    if (!answer) return;
    toast(answer.message);
    changed("messages");
  } catch (error) {
    failed(error, "messages", send);
  } finally {
    form.removeAttribute("aria-busy");
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (!form.hasAttribute("aria-busy")) send();
});
wired("page");
