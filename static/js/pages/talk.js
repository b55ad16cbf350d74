/** The page of a live talk. */
import { TalkSession } from "../talk/session.js";
import { refetch } from "../ui/refetch.js";

const root = document.querySelector("main[data-page=talk]");
new TalkSession(root);

const side = root.querySelector("[data-side]");
if (side) {
  // On a wide screen there is room for what lies beside the thread.
  side.open = matchMedia("(min-width: 1000px)").matches;
  refetch(side.querySelector("[data-refetch]"));
}
