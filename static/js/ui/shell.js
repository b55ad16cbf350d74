/** What stands around every page: menus, forms on their way, limits of fields, and the way out. */
import { forgetTyped } from "./device.js";

const FREE_AGAIN_MS = 8000;
const PATIENCE_MS = 1_000;

// --- <details class="menu">: closes by Escape, by a click elsewhere and when focus leaves it -----

const openMenus = () => document.querySelectorAll("details.menu[open]");

export function startMenus() {
  document.addEventListener("click", (event) => {
    for (const menu of openMenus()) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });
  document.addEventListener("focusin", (event) => {
    for (const menu of openMenus()) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });
  // Before anybody else: the Escape that closes a menu is not also the one that stops the coach.
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Escape") return;
      for (const menu of openMenus()) {
        menu.open = false;
        menu.querySelector("summary").focus();
        event.preventDefault();
      }
    },
    true,
  );
  document.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") walk(event);
  });
}

/** Arrow keys walk through the items of an open menu. */
function walk(event) {
  const menu = event.target.closest("details.menu[open]");
  if (!menu) return;
  const items = [...menu.querySelectorAll(".menu__item:not(:disabled)")];
  if (items.length === 0) return;
  event.preventDefault();
  const step = event.key === "ArrowDown" ? 1 : -1;
  items[next(items.indexOf(document.activeElement), step, items.length)].focus();
}

/** The index after `at` in direction `step`, around the ends; from outside (-1) the first or last. */
export function next(at, step, length) {
  if (at === -1) return step > 0 ? 0 : length - 1;
  return (at + step + length) % length;
}

// --- a form that is on its way shows it on its button and is not sent twice ----------------------

function free(form) {
  delete form.dataset.sent;
  form.querySelector('[aria-busy="true"]')?.removeAttribute("aria-busy");
}

export function startForms() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method === "dialog") return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    // After all listeners: a page that sends the form itself has said so by then.
    setTimeout(() => {
      if (event.defaultPrevented) return;
      form.dataset.sent = "1";
      if (event.submitter?.classList.contains("button")) {
        event.submitter.setAttribute("aria-busy", "true");
      }
      setTimeout(() => free(form), FREE_AGAIN_MS); // the answer may be a download
    });
  });
  addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) free(form);
  });
}

// --- a field with a limit takes a long paste whole: `maxlength` would cut it without a word --------

export function startLimits(page = document) {
  page.addEventListener("focusin", ({ target }) => {
    if (!(target.maxLength > 0)) return;
    target.dataset.limit = target.maxLength;
    target.removeAttribute("maxlength");
  });
  page.addEventListener("input", async ({ target }) => {
    if (target.dataset.limit) (await import("./composer.js")).judge(target);
  });
}

// --- <form data-signout>: signing out clears what this device keeps of the member ----------------

/** Modules that only this page needs now; what they do is not waited for long. */
async function forgetRecordings() {
  const { forgetNotes } = await import("../talk/notes/store.js");
  await Promise.race([forgetNotes(), patience()]);
}

async function forgetDevice() {
  const { unsubscribe } = await import("./push.js");
  await Promise.race([unsubscribe(), patience()]);
}

const patience = () => new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));

export function startSignOut() {
  document.addEventListener("submit", async (event) => {
    const form = event.target.closest("form[data-signout]");
    if (!form) return;
    event.preventDefault();
    forgetTyped();
    // A browser that keeps nothing has nothing to forget: signing out goes on.
    await Promise.allSettled([forgetRecordings(), forgetDevice()]);
    form.submit();
  });
}
