/**
 * Forms that change something without leaving the page: <form method="post" data-send="day">. The
 * server answers with JSON: `message` to show, and `undo`, where to post to take it back. Regions
 * that show what the attribute names fetch themselves again. Without this script the form still
 * works: it is a plain post.
 *   data-on-change   the form is sent as soon as a field of it changes
 */
import { post } from "../net/http.js";
import { changed } from "./refetch.js";
import { toast } from "./toast.js";

/** Say what was done, with Undo where there is a way back, and draw `what` again. */
export function done({ message, undo }, what) {
  changed(what);
  if (!message) return;
  const revert = async () => {
    await post(undo); // an empty form is no valid multipart body
    changed(what);
  };
  toast(message, undo ? { undo: revert } : {});
}

/** Post a form as it is; answers with the server's JSON. */
export async function send(form) {
  return (await post(form.action, new FormData(form))).json();
}

export function startSend() {
  document.addEventListener("submit", async (event) => {
    const form = event.target.closest("form[data-send]");
    if (!form) return;
    event.preventDefault();
    if (form.hasAttribute("aria-busy")) return;
    form.setAttribute("aria-busy", "true");
    try {
      done(await send(form), form.dataset.send);
    } catch (error) {
      toast(error.message, { kind: "danger" });
      form.reset();
    } finally {
      form.removeAttribute("aria-busy");
    }
  });
  document.addEventListener("change", (event) => {
    event.target.closest("form[data-send][data-on-change]")?.requestSubmit();
  });
}
