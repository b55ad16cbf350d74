// Shows how long somebody has waited, when a case is due and what is left of an offer. It goes by
// the server's clock, since the clock of this machine may be wrong.

/** "0:07", "12:05", "1 h 05", "2 d 3 h" of whole seconds. */
export function elapsed(seconds) {
  const s = Math.max(0, Math.floor(seconds));
  const two = (n) => String(n).padStart(2, "0");
  if (s < 3600) return `${Math.floor(s / 60)}:${two(s % 60)}`;
  if (s < 86_400) return `${Math.floor(s / 3600)} h ${two(Math.floor((s % 3600) / 60))}`;
  return `${Math.floor(s / 86_400)} d ${Math.floor((s % 86_400) / 3600)} h`;
}

/** A span inside a sentence: "40 s", "5 min", "3 h 59 min", "2 d 3 h" of whole seconds. */
export function span(seconds) {
  const s = Math.max(0, Math.floor(seconds));
  if (s < 120) return `${s} s`;
  const minutes = Math.floor(s / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours} h ${minutes % 60} min`;
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** Whole seconds until `until`; 0 when it is over. Times in milliseconds. */
export function left(until, now) {
  return Math.max(0, Math.ceil((until - now) / 1000));
}

/** What is left of the time from `from` to `until`, in hundredths. */
export function share(from, until, now) {
  if (until <= from) return 0;
  return Math.max(0, Math.min(100, (100 * (until - now)) / (until - from)));
}

/** How a deadline stands: "calm", "soon" (half is over), "close" (a fifth is left) or "late". */
export function pressure(from, until, now) {
  if (now >= until) return "late";
  const rest = share(from, until, now);
  if (rest <= 20) return "close";
  return rest <= 50 ? "soon" : "calm";
}

let skew = 0;

/** Learn the server's time from an ISO time that it has just sent. */
export function sync(iso) {
  const at = Date.parse(iso ?? "");
  if (!Number.isNaN(at)) skew = at - Date.now();
}

/** The server's time in milliseconds. */
export function now() {
  return Date.now() + skew;
}

function put(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** Bring every running clock under `root` up to date. */
export function paintClocks(root) {
  const at = now();
  for (const node of root.querySelectorAll("time[data-since]")) {
    put(node, elapsed((at - Date.parse(node.dataset.since)) / 1000));
  }
  for (const node of root.querySelectorAll("time[data-due]")) {
    const rest = (Date.parse(node.dataset.due) - at) / 1000;
    const sentence = rest >= 0 ? node.dataset.within : node.dataset.late;
    put(node, sentence.replace("{time}", span(Math.abs(rest))));
    node.dataset.pressure = rest >= 0 ? "calm" : "late";
  }
  for (const node of root.querySelectorAll("[data-sla]")) {
    const [from, until] = [Date.parse(node.dataset.from), Date.parse(node.dataset.until)];
    node.dataset.pressure = pressure(from, until, at);
    node.style.setProperty("--left", `${share(from, until, at)}%`);
  }
}
