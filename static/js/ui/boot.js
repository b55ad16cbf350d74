/** What every page starts. What only some pages need is fetched where they need it. */
import { startTheme, startZone } from "./device.js";
import { startForms, startLimits, startMenus, startSignOut } from "./shell.js";
import { wired } from "./wired.js";

const REGIONS =
  "[data-refetch]:not([data-due]), [data-dialog], form[data-send], form[data-confirm]";
const DUE_AFTER_MS = 5_000; // the page comes first
const TIMES = "time[data-format]";

startTheme();
startMenus();
startForms();
startLimits();
startSignOut();
startZone();
wired("boot");

const on = (selector) => document.querySelector(selector) !== null;
if (on(REGIONS)) import("./regions.js");
else if (on(TIMES)) import("./times.js").then(({ startTimes }) => startTimes());
if (on("[data-due][data-refetch]"))
  afterLoad(() => import("./due.js").then(({ startDue }) => startDue()));
if (on("[data-push]")) import("./push.js").then(({ startPush }) => startPush());
if (on("#toasts > *")) import("./toast.js").then(({ adoptToasts }) => adoptToasts());

function afterLoad(start) {
  const later = () => setTimeout(start, DUE_AFTER_MS);
  if (document.readyState === "complete") later();
  else addEventListener("load", later);
}
