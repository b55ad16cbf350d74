/** What every page starts. */
import { startDialogs } from "./dialog.js";
import { startForms } from "./forms.js";
import { startMenus } from "./menu.js";
import { startRefetch } from "./refetch.js";
import { startSend } from "./send.js";
import { startSignOut } from "./signout.js";
import { startTheme } from "./theme.js";
import { startTimes } from "./times.js";
import { adoptToasts } from "./toast.js";
import { startZone } from "./zone.js";

startTheme();
startMenus();
startDialogs();
startForms();
startRefetch();
startSend();
startSignOut();
startTimes();
startZone();
adoptToasts();
