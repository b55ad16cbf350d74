/** The page of a live talk. */
import { TalkSession } from "../talk/session.js";
import { startSide } from "../talk/side.js";
import "../ui/regions.js";
import { wired } from "../ui/wired.js";

const root = document.querySelector("main[data-page=talk]");
new TalkSession(root);
startSide(root);
wired("page");
