// What every browser has, and Debian's Node.js 18 keeps in a module, lacks or does not let change.

import { webcrypto } from "node:crypto";

globalThis.crypto ??= webcrypto;

globalThis.CustomEvent ??= class CustomEvent extends Event {
  constructor(type, { detail = null, ...options } = {}) {
    super(type, options);
    this.detail = detail;
  }
};

// The tests' own clock takes the place of the real one.
Object.defineProperty(performance, "now", {
  value: performance.now.bind(performance),
  writable: true,
  configurable: true,
});
