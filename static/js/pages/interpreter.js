/** The live page of the interpreter. */
import { Meeting } from "../interpreter/meeting.js";
import { wired } from "../ui/wired.js";

new Meeting(document.querySelector("main[data-page=interpreter]"));
wired("page");
