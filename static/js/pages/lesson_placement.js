/** A step of a placement: the answer is typed or said. */
import { startSaying } from "../lessons/say.js";
import { wired } from "../ui/wired.js";

startSaying(document.querySelector("[data-page=placement]"));
wired("page");
