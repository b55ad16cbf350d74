// The panel beside the thread: a region that fetches itself.

import { refetch } from "../ui/refetch.js";

const WIDE = "(min-width: 1000px)";

export function startSide(root) {
  const side = root.querySelector("[data-side]");
  if (!side) return;
  const region = side.querySelector("[data-refetch]");
  // On a phone the thread needs the room, but whoever plays a scene needs its objectives and hints.
  side.open = matchMedia(WIDE).matches || region.dataset.refetch === "objectives";
  refetch(region);
}
