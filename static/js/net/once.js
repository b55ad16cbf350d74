/**
 * A change that is sent twice is made once: each has a key, and the server answers the same key with
 * the same answer. A key belongs to a content, and lives until the server has answered.
 */

const NOT_CONTENT = new Set(["key", "csrfmiddlewaretoken"]);
const unanswered = new Map(); // what was sent, as text -> its key

function asText(url, data) {
  const fields = [...data].filter(([name]) => !NOT_CONTENT.has(name));
  return JSON.stringify([url, fields]);
}

/**
 * Give `data` its key: that of the same content if no answer came to it. Answers with a function
 * that is called once the server has answered, one way or another.
 */
export function giveKey(url, data, makeKey = () => crypto.randomUUID()) {
  const content = asText(url, data);
  const key = unanswered.get(content) ?? makeKey();
  unanswered.set(content, key);
  data.set("key", key);
  return () => unanswered.delete(content);
}
