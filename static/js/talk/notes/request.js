// A note as a request to the server.

import { post } from "../../net/http.js";

const PATIENCE_MS = 180_000;
const WAV = { type: "audio/wav" };

/** The form of a note of `member`, whose page has the thread up to `since`. */
export function noteForm(note, { member, since }) {
  const form = new FormData();
  form.set("client_id", note.id);
  form.set("member", member);
  form.set("since", since);
  if (note.again) form.set("again", "1");
  if (note.kind === "text") form.set("text", note.text);
  if (note.kind === "voice") form.set("audio", new Blob([note.sound], WAV), "note.wav");
  if (note.picture) form.set("picture", note.picture, "picture.jpg");
  return form;
}

/** Post a note; answers with the server's JSON, and throws with the `status` of the failure. */
export async function postNote(url, form) {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  try {
    return await (await post(url, form, { signal })).json();
  } catch (error) {
    error.status ??= 0; // given up, or cut off in the middle: the same note is sent again
    throw error;
  }
}
