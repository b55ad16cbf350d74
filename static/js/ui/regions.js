/**
 * What a page needs that changes without being loaded anew: dialogs, regions that fetch themselves,
 * forms that are sent in place, and the times in what arrives.
 */
import { startDialogs } from "./dialog.js";
import { startRefetch } from "./refetch.js";
import { startSend } from "./send.js";
import { startTimes } from "./times.js";
import { wired } from "./wired.js";

startDialogs();
startRefetch();
startSend();
startTimes();
wired("regions");
