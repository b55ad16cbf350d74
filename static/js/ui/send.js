/**
 * Forms that change something without leaving the page: <form method="post" data-send="day">. The
 * server answers with JSON: `message` to show, and `undo`, where to post to take it back. Regions
 * that show what the attribute names fetch themselves again. Without this script the form still
 * works: it is a plain post.
 *   data-on-change   the form is sent as soon as a field of it changes
 */
import { change, changeJson } from "../net/http.js";
import { changed } from "./refetch.js";
import { toast } from "./toast.js";

/** Say what was done, with Undo where there is a way back, and draw `what` again. */
export function done({ message, undo }, what) {
  changed(what);
  if (!message) return;
  const revert = async () => {
    await change(undo);
    changed(what);
  };
  toast(message, undo ? { undo: revert } : {});
}

/** Post a form as it is; answers with the server's JSON. */
export function send(form, data = new FormData(form)) {
  return changeJson(form.action, data);
}

/**
 * Say what went wrong. Where nobody can tell whether it was done, what is shown is fetched again,
 * and `again` sends the same under the same key.
 */
export function failed(error, what, again) {
  if (error.status === undefined) throw error;
  if (error.unsure) changed(what);
  toast(error.message, { kind: "danger", again: error.unsure ? again : null });
}

async function sendInPlace(form, data) {
  form.setAttribute("aria-busy", "true");
  try {
    done(await send(form, data), form.dataset.send);
  } catch (error) {
    failed(error, form.dataset.send, () => sendInPlace(form, data));
  } finally {
    form.removeAttribute("aria-busy");
  }
}

export function startSend() {
  document.addEventListener("submit", async (event) => {
    const form = event.target.closest("form[data-send]");
    if (!form) return;
    event.preventDefault();
    if (form.hasAttribute("aria-busy")) return;
    sendInPlace(form, new FormData(form));
  });
  document.addEventListener("change", (event) => {
    event.target.closest("form[data-send][data-on-change]")?.requestSubmit();
  });
}
