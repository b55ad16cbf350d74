/** The supervisors' wall. */
import { Wall } from "../desk/wall/wall.js";
import "../ui/regions.js";
import { wired } from "../ui/wired.js";

new Wall(document.querySelector("main[data-page=wall]"));
wired("page");
