/** What every page starts. What only some pages need is fetched where they need it. */
import { startTheme, startZone } from "./device.js";
import { startForms, startMenus, startSignOut } from "./shell.js";
import { wired } from "./wired.js";

const REGIONS = "[data-refetch], [data-dialog], form[data-send], form[data-confirm]";
const TIMES = "time[data-format]";

startTheme();
startMenus();
startForms();
startSignOut();
startZone();
wired("boot");

const on = (selector) => document.querySelector(selector) !== null;
if (on(REGIONS)) import("./regions.js");
else if (on(TIMES)) import("./times.js").then(({ startTimes }) => startTimes());
if (on("[data-due]")) import("./due.js").then(({ startDue }) => startDue());
if (on("#toasts > *")) import("./toast.js").then(({ adoptToasts }) => adoptToasts());
