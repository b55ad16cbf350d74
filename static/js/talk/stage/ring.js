// Draws the ring: a disc and three halos whose size is the level of the voice that is heard.

import { loudness } from "../../audio/pcm.js";

const HISTORY = 16; // levels kept, one a picture; the halos show older ones, so sound travels out
const HALOS = [
  { delay: 0, reach: 0.2, alpha: 0.28 },
  { delay: 5, reach: 0.31, alpha: 0.16 },
  { delay: 10, reach: 0.42, alpha: 0.09 },
];
const RADIUS = 0.54; // of the disc, as a part of half the canvas
const COLOURS = {
  coach: "--coach",
  ready: "--coach", // push to talk, waiting to be held
  expert: "--expert",
  member: "--member",
  idle: "--line-strong",
};

/** Follows `target` fast upwards and slowly downwards, so that speech breathes and does not flicker. */
export function smooth(value, target) {
  return value + (target - value) * (target > value ? 0.45 : 0.12);
}

export class Ring {
  /** `level()` is the RMS just now, `mood()` says {who, busy}. */
  constructor(canvas, { level, mood }) {
    this.canvas = canvas;
    this.pen = canvas.getContext("2d");
    this.level = level;
    this.mood = mood;
    this.value = 0;
    this.history = new Array(HISTORY).fill(0);
    this.still = matchMedia("(prefers-reduced-motion: reduce)");
    this.colours = {};
    this.paintedWith = "";
    this.next = this.next.bind(this);
    document.addEventListener("coachline:theme", () => this.readColours());
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.readColours());
    this.readColours();
    requestAnimationFrame(this.next);
  }

  readColours() {
    const style = getComputedStyle(this.canvas);
    for (const [who, name] of Object.entries(COLOURS)) {
      this.colours[who] = style.getPropertyValue(name).trim();
    }
  }

  next(time) {
    this.value = smooth(this.value, loudness(this.level()));
    this.history.unshift(this.value);
    this.history.length = HISTORY;
    this.canvas.dataset.level = this.value.toFixed(2);
    this.draw(time / 1000);
    requestAnimationFrame(this.next);
  }

  fit() {
    const size = Math.round(this.canvas.clientWidth * devicePixelRatio);
    if (this.canvas.width !== size) {
      this.canvas.width = size;
      this.canvas.height = size;
    }
    return size / 2;
  }

  draw(seconds) {
    const half = this.fit();
    const { who, busy } = this.mood();
    const { pen } = this;
    const moving = !this.still.matches;
    const breath = moving ? Math.sin(seconds * 1.6) * 0.008 : 0;
    const base = half * (RADIUS + breath);
    pen.clearRect(0, 0, half * 2, half * 2);
    pen.fillStyle = this.colours[who] ?? this.colours.idle;
    for (const halo of HALOS) {
      const level = this.history[moving ? halo.delay : 0];
      if (level < 0.02) continue;
      pen.globalAlpha = halo.alpha;
      this.disc(half, base + half * halo.reach * level);
    }
    pen.globalAlpha = who === "idle" ? 0.16 : 0.14;
    this.disc(half, base + half * 0.045);
    pen.globalAlpha = 1;
    this.disc(half, base * (1 + (moving ? 0.03 * this.value : 0)));
    if (busy) this.arc(half, base + half * 0.09, moving ? seconds * 2.4 : 0);
  }

  disc(half, radius) {
    this.pen.beginPath();
    this.pen.arc(half, half, Math.min(radius, half), 0, Math.PI * 2);
    this.pen.fill();
  }

  arc(half, radius, turn) {
    const { pen } = this;
    pen.strokeStyle = this.colours.coach;
    pen.lineWidth = Math.max(2, half * 0.018);
    pen.lineCap = "round";
    pen.beginPath();
    pen.arc(half, half, radius, turn, turn + Math.PI * 0.6);
    pen.stroke();
  }
}
