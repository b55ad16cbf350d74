/** The page of a live talk. */
import { TalkSession } from "../talk/session.js";
import { startSide } from "../talk/side.js";

const root = document.querySelector("main[data-page=talk]");
new TalkSession(root);
startSide(root);
