/** Signing out clears what this device keeps of the member: <form data-signout>. */

import { forgetTyped } from "../talk/live/typed.js";
import { forgetNotes } from "../talk/notes/store.js";

const PATIENCE_MS = 1_000;

export function startSignOut() {
  document.addEventListener("submit", async (event) => {
    const form = event.target.closest("form[data-signout]");
    if (!form) return;
    event.preventDefault();
    forgetTyped();
    const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
    // A browser that keeps nothing has nothing to forget: signing out goes on.
    await Promise.race([forgetNotes().catch(() => {}), patience]);
    form.submit();
  });
}
