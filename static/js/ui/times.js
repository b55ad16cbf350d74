/** <time datetime="…" data-format="time|date|day|relative">: in the reader's language and zone. */

const FORMATS = {
  time: { hour: "numeric", minute: "2-digit" },
  date: { day: "numeric", month: "long", year: "numeric" },
  day: { weekday: "long", day: "numeric", month: "long" },
  datetime: { day: "numeric", month: "short", hour: "numeric", minute: "2-digit" },
};
const STEPS = [
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
];

/** "3 minutes ago", "in 2 hours", "now"; `seconds` is negative for the past. */
export function relative(seconds, language) {
  const format = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  for (const [unit, size] of STEPS) {
    if (Math.abs(seconds) >= size) return format.format(Math.trunc(seconds / size), unit);
  }
  return format.format(0, "second");
}

export function paintTimes(root = document) {
  const language = document.documentElement.lang || undefined;
  for (const node of root.querySelectorAll("time[data-format]")) {
    const at = new Date(node.dateTime);
    if (Number.isNaN(at.getTime())) continue;
    const full = at.toLocaleString(language, { dateStyle: "full", timeStyle: "short" });
    node.title ||= full;
    node.textContent =
      node.dataset.format === "relative"
        ? relative((at.getTime() - Date.now()) / 1000, language)
        : at.toLocaleString(language, FORMATS[node.dataset.format] ?? FORMATS.datetime);
  }
}

export function startTimes() {
  paintTimes();
  document.addEventListener("coachline:refetched", (event) => paintTimes(event.target));
}
