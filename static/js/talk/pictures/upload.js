// Uploads a form with its progress, which fetch() does not report.

import { RequestError } from "../../net/http.js";
import { word } from "../../ui/words.js";

const TIMEOUT_MS = 60000;

/** The server's JSON; null for anything else, such as a page of a proxy, or that to sign in. */
function answerIn(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The error that an answer of the server is. */
export function refused(status, text) {
  const answer = answerIn(text);
  const general = word(status === 200 ? "forbidden" : "failed"); // 200: the page to sign in
  return new RequestError(answer?.message ?? general, status, answer?.code ?? "");
}

/** POST `form`; answers with the server's JSON. `progress(0..1)`; aborted, it throws AbortError. */
export function upload(url, form, { progress, signal }) {
  return new Promise((done, fail) => {
    const request = new XMLHttpRequest();
    request.open("POST", url);
    request.timeout = TIMEOUT_MS;
    request.setRequestHeader("X-CSRFToken", document.querySelector('meta[name="csrf"]').content);
    request.setRequestHeader("X-Requested-With", "fetch");
    request.upload.onprogress = ({ loaded, total }) => progress(total ? loaded / total : 0);
    request.onload = () => {
      const { status, responseText: text } = request;
      const placed = status === 200 ? answerIn(text) : null;
      if (placed) done(placed);
      else fail(refused(status, text));
    };
    request.onerror = () => fail(new RequestError(word("offline"), 0));
    request.ontimeout = request.onerror;
    request.onabort = () => fail(new DOMException("cancelled", "AbortError"));
    signal.addEventListener("abort", () => request.abort());
    request.send(form);
  });
}
