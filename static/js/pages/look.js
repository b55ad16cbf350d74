/** The sheet of components: buttons that show a toast. */
import { toast } from "../ui/toast.js";

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-toast]");
  if (!button) return;
  const undo = "undo" in button.dataset ? () => wait(600) : null;
  toast(button.dataset.toast, { undo, kind: button.dataset.kind ?? "ok" });
});
