/**
 * A clock that tests wind by hand: setTimeout, setInterval and Date. node:test has one too, but not
 * for Date on the Node.js 18 that Debian 12 ships.
 */
const real = {
  setTimeout: globalThis.setTimeout,
  setInterval: globalThis.setInterval,
  clearTimeout: globalThis.clearTimeout,
  clearInterval: globalThis.clearInterval,
  Date: globalThis.Date,
};

let now = 0;
let last = 0;
let waiting = new Map();

class FakeDate extends real.Date {
  constructor(...given) {
    super(...(given.length ? given : [now]));
  }
  static now() {
    return now;
  }
}

function wait(run, ms = 0, every = 0, given = []) {
  last += 1;
  waiting.set(last, { run: () => run(...given), at: now + Math.max(ms, 1), every });
  return last;
}

/** Stop the real clock; from now on only `tick` moves time. */
export function stopClock(at = 0) {
  now = at;
  waiting = new Map();
  globalThis.setTimeout = (run, ms, ...given) => wait(run, ms, 0, given);
  globalThis.setInterval = (run, ms, ...given) => wait(run, ms, ms, given);
  globalThis.clearTimeout = globalThis.clearInterval = (id) => waiting.delete(id);
  globalThis.Date = FakeDate;
}

/** Let `ms` milliseconds pass: what falls due runs in order. */
export function tick(ms) {
  const until = now + ms;
  for (;;) {
    const due = [...waiting]
      .filter(([, w]) => w.at <= until)
      .sort(([, a], [, b]) => a.at - b.at)[0];
    if (!due) break;
    const [id, timer] = due;
    now = timer.at;
    if (timer.every) timer.at += timer.every;
    else waiting.delete(id);
    timer.run();
  }
  now = until;
}

/** The real clock again. */
export function startClock() {
  Object.assign(globalThis, real);
}
