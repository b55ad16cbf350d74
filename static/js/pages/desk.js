/** The experts' desk. */
import { Desk } from "../desk/desk.js";

new Desk(document.querySelector("main[data-page=desk]"));
