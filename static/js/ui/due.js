/** The strips above every page: asked for now and then while the page is in view. */
import { refetch } from "./refetch.js";

const EVERY_MS = 60_000;

export function startDue() {
  const strips = [...document.querySelectorAll("[data-due][data-refetch]")];
  const look = async () => {
    if (document.hidden) return;
    await Promise.all(strips.map(refetch));
    if (strips.some((strip) => strip.querySelector("form"))) import("./regions.js"); // their buttons
  };
  for (const strip of strips) strip.addEventListener("coachline:refetched", () => count(strip));
  look();
  setInterval(look, EVERY_MS);
}

/** The number of unread messages beside «Talk»; a thread in which one stands shows it by itself. */
export function count(strip) {
  if (strip.dataset.refetch !== "messages") return;
  const number = Number(strip.querySelector("[data-count]")?.dataset.count ?? 0);
  for (const badge of document.querySelectorAll("[data-unread]")) {
    badge.textContent = String(number);
    badge.hidden = number === 0;
  }
  const thread = document.querySelector("[data-talk]");
  const here = thread && strip.querySelector(`[data-in-talk="${thread.dataset.talk}"]`);
  // A thread that could not be fetched still lacks the message: the next look tries again.
  if (here) refetch(thread).then(() => thread.dataset.stale || refetch(strip));
}
