/** In the talk of a lesson: what a word of the partner means. */
import { startWordPanel } from "../lessons/word_panel.js";

startWordPanel(document.querySelector("main[data-page=talk]"));
