// Sends a form of the desk without leaving the page, and shows what went wrong in the form itself.

import { changeJson } from "../net/http.js";
import { toast } from "../ui/toast.js";

/** Send a form once at a time; answers with the server's JSON. */
export function submit(form, submitter) {
  const data = new FormData(form);
  if (submitter?.name) data.set(submitter.name, submitter.value);
  if (submitter?.dataset.reason) data.set("reason", submitter.dataset.reason);
  return changeJson(form.action, data);
}

/** Show what went wrong in the form itself where it has a place for it, else as a toast. */
export function fail(form, error) {
  const place = form.querySelector("[data-error]");
  if (!place) {
    toast(error.message, { kind: "danger" });
    return;
  }
  place.textContent = error.message;
  place.hidden = false;
}

/** Run `work` while the form says that it is busy; a second submit meanwhile does nothing. */
export async function busy(form, submitter, work) {
  if (form.dataset.busy) return;
  form.dataset.busy = "1";
  submitter?.setAttribute("aria-busy", "true");
  const place = form.querySelector("[data-error]");
  if (place) place.hidden = true;
  try {
    await work();
  } catch (error) {
    if (error.status === undefined) throw error;
    fail(form, error);
  } finally {
    delete form.dataset.busy;
    submitter?.removeAttribute("aria-busy");
  }
}
