/** Requests to our own server. Every failure is an Error whose `message` can be shown to a person. */
import { offer } from "../ui/wired.js";
import { word } from "../ui/words.js";
import { giveKey } from "./once.js";

/** What went wrong with a request: `status` is 0 when the server was not reached. */
export class RequestError extends Error {
  constructor(message, status, code = "") {
    super(message);
    this.name = "RequestError";
    this.status = status;
    this.code = code;
    this.unsure = false; // a change may have been made, or not
  }
}

const PATIENCE_MS = 30_000; // so long an answer to a change is waited for
const NO_ANSWER = new Set([0, 502, 503, 504]); // of the server: nobody, or a proxy before it

const BY_STATUS = { 403: "forbidden", 404: "gone", 410: "gone", 429: "toomany" };

function isJson(response) {
  return (response.headers.get("Content-Type") ?? "").includes("json");
}

function token() {
  return globalThis.document?.querySelector('meta[name="csrf"]')?.content ?? "";
}

/** The body and its type: FormData and URLSearchParams as they are, any other object as JSON. */
export function body(data) {
  if (data === undefined || data === null) return { body: undefined, headers: {} };
  const form = data instanceof FormData || data instanceof URLSearchParams;
  if (form || data instanceof Blob) return { body: data, headers: {} };
  return { body: JSON.stringify(data), headers: { "Content-Type": "application/json" } };
}

/** The sentence of a failed answer: its own `message` or `error` when it is JSON, else by status. */
export async function explain(response) {
  const general = word(BY_STATUS[response.status] ?? "failed");
  if (!isJson(response)) {
    return new RequestError(general, response.status);
  }
  const answer = await response.json().catch(() => ({}));
  const said = answer.message ?? answer.say ?? answer.error;
  const message = typeof said === "string" && said !== "" ? said : general;
  return new RequestError(message, response.status, answer.code ?? "");
}

async function send(url, options) {
  let response;
  try {
    response = await fetch(url, { credentials: "same-origin", ...options });
  } catch (cause) {
    if (cause.name === "AbortError") throw cause;
    throw new RequestError(word("offline"), 0);
  }
  if (!response.ok) throw await explain(response);
  return response;
}

/** POST `data` (FormData, or an object as JSON) with the CSRF token; answers with the Response. */
export function post(url, data, options = {}) {
  const packed = body(data);
  const headers = { "X-CSRFToken": token(), "X-Requested-With": "fetch", ...packed.headers };
  return send(url, { method: "POST", body: packed.body, ...options, headers });
}

/**
 * POST a form that changes something, with the key that makes it safe to send again. Where no answer
 * comes, the error is `unsure`.
 */
export async function change(url, data = new FormData(), options = {}) {
  const settled = giveKey(url, data);
  const signal = AbortSignal.timeout(PATIENCE_MS);
  try {
    const response = await post(url, data, { signal, ...options });
    await response.clone().text(); // an answer that breaks off is none
    settled();
    return response;
  } catch (cause) {
    const error = cause.status === undefined ? new RequestError("", 0) : cause;
    if (NO_ANSWER.has(error.status)) {
      error.message = word("unsure");
      error.unsure = true;
    } else settled();
    throw error;
  }
}

/** `change()`, answered by the server's JSON. Any other page is that of somebody signed out. */
export async function changeJson(url, data) {
  const response = await change(url, data);
  if (isJson(response)) return response.json();
  throw new RequestError(word("forbidden"), 403);
}

/** POST a form to ask what it would do: that changes nothing. */
export function ask(url, data, options = {}) {
  data.delete("key");
  return post(url, data, options);
}

/** GET JSON. */
export async function get(url, options = {}) {
  return (await send(url, { headers: { Accept: "application/json" }, ...options })).json();
}

/** GET a piece of HTML as text. A redirect to another page (signed out) is a failure, not a piece. */
export async function fragment(url, options = {}) {
  const response = await send(url, { headers: { "X-Requested-With": "fetch" }, ...options });
  const asked = new URL(url, globalThis.location?.href ?? response.url).pathname;
  if (response.redirected && new URL(response.url).pathname !== asked) {
    throw new RequestError(word("forbidden"), 403);
  }
  return response.text();
}

/** A piece of HTML of our own server as nodes (its scripts do not run). */
export function parse(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  offer(template.content);
  return template.content;
}
