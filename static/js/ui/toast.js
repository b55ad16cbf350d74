/** Toasts: short messages at the foot of the page, with Undo where something was changed. */
import { icon } from "./icon.js";
import { word } from "./words.js";

const STAYS_MS = 5000;
const STAYS_WITH_UNDO_MS = 10000;
const LEAVES_MS = 220;
const AT_MOST = 3;

function region() {
  return document.getElementById("toasts");
}

/** Above everything, an open dialog too: the top layer keeps the order of showing. */
function lift(shown) {
  shown.popover = "manual";
  if (shown.matches(":popover-open")) shown.hidePopover();
  shown.showPopover();
}

function leave(node) {
  if (node.dataset.leaving) return;
  node.dataset.leaving = "1";
  node.classList.add("toast--leaving");
  setTimeout(() => node.remove(), LEAVES_MS);
}

/** Counts down while nobody points at the toast or has focus in it. */
function fade(node, ms) {
  let timer = setTimeout(() => leave(node), ms);
  const hold = () => clearTimeout(timer);
  const go = () => {
    clearTimeout(timer);
    timer = setTimeout(() => leave(node), ms / 2);
  };
  node.addEventListener("pointerenter", hold);
  node.addEventListener("pointerleave", go);
  node.addEventListener("focusin", hold);
  node.addEventListener("focusout", go);
}

function button(text, css, action) {
  const node = document.createElement("button");
  node.type = "button";
  node.className = `button ${css}`;
  if (typeof text === "string") node.textContent = text;
  else node.append(text);
  node.addEventListener("click", action);
  return node;
}

function undoButton(node, undo) {
  return button(word("undo"), "toast__undo", async (event) => {
    event.currentTarget.setAttribute("aria-busy", "true");
    event.currentTarget.disabled = true;
    await takeBack(undo);
    leave(node);
  });
}

async function takeBack(undo) {
  try {
    await undo();
    toast(word("undone"));
  } catch (error) {
    const again = error.unsure ? () => takeBack(undo) : null;
    toast(error.message, { kind: "danger", again });
  }
}

function againButton(node, again) {
  return button(word("again"), "toast__undo", () => {
    leave(node);
    again();
  });
}

/**
 * Show `text`. `undo` is an async function behind an Undo button, `again` one behind Try again,
 * which stays until it is closed; `kind` is "ok" or "danger"; `stays` keeps it too. Answers with a
 * function that takes it away.
 */
export function toast(text, { undo = null, again = null, kind = "ok", stays = false } = {}) {
  const node = document.createElement("div");
  node.className = `toast toast--${kind}`;
  node.setAttribute("role", kind === "danger" ? "alert" : "status");
  const words = document.createElement("span");
  words.className = "toast__text";
  words.textContent = text;
  node.append(icon(kind === "danger" ? "circle-alert" : "circle-check"), words);
  if (undo) node.append(undoButton(node, undo));
  if (again) node.append(againButton(node, again));
  const close = button(icon("x"), "button--icon", () => leave(node));
  close.setAttribute("aria-label", word("close"));
  node.append(close);
  const shown = region();
  lift(shown);
  shown.append(node);
  while (shown.children.length > AT_MOST) shown.firstElementChild.remove();
  if (!stays && !again) fade(node, undo ? STAYS_WITH_UNDO_MS : STAYS_MS);
  return () => leave(node);
}

/** The server's messages are already in the page: let them close and fade. Errors stay. */
export function adoptToasts() {
  for (const node of region()?.children ?? []) {
    const close = button(icon("x"), "button--icon", () => leave(node));
    close.setAttribute("aria-label", word("close"));
    node.append(close);
    if (!node.classList.contains("toast--danger")) fade(node, STAYS_MS);
  }
}
