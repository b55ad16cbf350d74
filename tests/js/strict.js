/**
 * Strict doubles: they have what they were given and nothing else. A part that reaches for more
 * than its constructor says fails its test.
 */

/** `parts` under the name `name`: to read or to set anything else is an error. */
export function strict(name, parts) {
  const known = (target, key) => typeof key === "symbol" || key === "then" || key in target;
  return new Proxy(parts, {
    get(target, key) {
      if (!known(target, key)) throw new Error(`${name} has no ${key}`);
      return target[key];
    },
    set(target, key, value) {
      if (!known(target, key)) throw new Error(`${name} has no ${key} to set`);
      target[key] = value;
      return true;
    },
  });
}

/**
 * A strict double with these `methods`, which note each call in `calls` as [name.method, ...args]
 * and answer nothing; `parts` are what else it has.
 */
export function spy(name, methods, calls, parts = {}) {
  const noted = {};
  for (const method of methods) {
    noted[method] = (...args) => {
      calls.push([`${name}.${method}`, ...args]);
    };
  }
  return strict(name, Object.defineProperties(noted, Object.getOwnPropertyDescriptors(parts)));
}

/** Only the names of `calls`, in their order. */
export const names = (calls) => calls.map(([name]) => name);
