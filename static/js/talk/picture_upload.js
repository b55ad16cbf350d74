// One upload with its progress, which fetch() cannot tell.

import { RequestError } from "../ui/http.js";
import { word } from "../ui/words.js";

const TIMEOUT_MS = 60000;

/** The error that an answer of the server is. */
export function refused(status, text) {
  let answer = {};
  try {
    answer = JSON.parse(text);
  } catch {
    answer = {}; // a page of a proxy
  }
  return new RequestError(answer.message ?? word("failed"), status, answer.code ?? "");
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
    request.onload = () =>
      request.status === 200
        ? done(JSON.parse(request.responseText))
        : fail(refused(request.status, request.responseText));
    request.onerror = () => fail(new RequestError(word("offline"), 0));
    request.ontimeout = request.onerror;
    request.onabort = () => fail(new DOMException("cancelled", "AbortError"));
    signal.addEventListener("abort", () => request.abort());
    request.send(form);
  });
}
