/** The strip of reminders that are due, on every page: asked for now and then while it is in view. */
import { refetch } from "./refetch.js";

const EVERY_MS = 60_000;

export function startDue() {
  const strip = document.querySelector("[data-due]");
  const look = async () => {
    if (document.hidden) return;
    await refetch(strip);
    if (strip.querySelector("form")) import("./regions.js"); // what sends its buttons
  };
  look();
  setInterval(look, EVERY_MS);
}
