/** What stands earlier in a talk, read beside the desk: its words are hidden as they are there. */
import { isForPage } from "../desk/keys.js";
import { Veil } from "../desk/veil.js";
import { wired } from "../ui/wired.js";

const root = document.querySelector("main[data-page=earlier]");
const button = root.querySelector("[data-veil]");
const veil = new Veil(root, { button, byItself: "veils" in root.dataset });
button.addEventListener("click", () => veil.toggle());
addEventListener("keydown", (event) => {
  if (event.key?.toLowerCase() === "b" && isForPage(event)) veil.toggle();
});
wired("page");
