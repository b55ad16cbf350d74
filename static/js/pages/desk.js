/** The experts' desk. */
import { Desk } from "../desk/desk.js";
import "../ui/regions.js";
import { wired } from "../ui/wired.js";

new Desk(document.querySelector("main[data-page=desk]"));
wired("page");
