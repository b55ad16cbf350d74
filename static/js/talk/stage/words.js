// Chooses the sentences of the talk page. The page carries them as JSON.

/** The page's sentences, by name. */
export function pageWords() {
  return JSON.parse(document.getElementById("talk-words").textContent);
}

/** A sentence with its {name}s filled in. */
export function fill(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/**
 * The state in words. What the member hears wins over what the server does: while audio still
 * plays, the coach is speaking, and before it begins to (`voiced`) the coach is not.
 */
export function stateWords(words, facts) {
  const { state, playing, muted, listening, person, coach, waiting, position } = facts;
  if (state === "lost" && facts.elsewhere) return words.elsewhere;
  if (state === "queued") return fill(words.queued, { position });
  if (state === "person") return fill(words[personWords(facts)], { name: person });
  const { mode, held, locked, voiced } = facts;
  if (mode === "push" && held && state !== "held") return locked ? words.locked : words.listening;
  const speaking = state === "speaking" && voiced; // also in a pause, until the server ends it
  if (speaking || (playing && ["listening", "speaking", "thinking"].includes(state))) {
    return fill(words[speakingWords(facts)], { name: coach });
  }
  if (state === "speaking") return words.thinking; // its sound is on its way
  if (state === "listening") {
    if (waiting) return words.waiting;
    if (!listening) return words.reading;
    if (muted) return words.muted;
    return mode === "push" ? words.hold : words.listening;
  }
  return words[state] ?? state;
}

/** How a person is there: they write, or they speak and hear the member if the microphone is on. */
function personWords({ person, personSpeaks, listening, muted }) {
  if (!person) return "person_nameless";
  if (!personSpeaks) return "person";
  return listening && !muted ? "person_speaks" : "person_unheard";
}

/** How the member may interrupt: by voice only where the microphone is open meanwhile. */
function speakingWords({ listening, muted, mode }) {
  if (!listening || muted) return "speaking_text";
  return { half: "speaking_half", push: "speaking_push" }[mode] ?? "speaking";
}

/** What is happening in notes mode, in words. */
export function noteWords(words, { state, floor, person }) {
  if (state === "recording") return words.note_recording;
  if (floor === "safety_hold") return words.note_held;
  if (floor === "expert") return fill(words.note_person, { name: person || words.person_nameless });
  return words.note_ready;
}

const IN_LINE = new Set(["busy", "at_limit", "too_many"]);

/** How a note stands that was not sent yet: the same words while it is tried again. */
export function waitWords(words, { state, held }) {
  if (!held) return words[`note_${state}`] ?? state;
  if (held === "offline") return words.note_offline;
  return IN_LINE.has(held) ? words.note_waiting : words.note_waiting_coach;
}

/** One sentence for all notes that are held up: why, and that they are kept. */
export function stuckWords(words, notes) {
  const count = notes.length;
  const { held, message } = notes.find((note) => note.held) ?? {};
  const [one, many] = {
    unreachable: [words.note_unreachable, words.notes_unreachable],
    offline: [words.note_no_network, words.notes_no_network],
  }[held] ?? [words.note_waits, words.notes_wait];
  if (count === 1 && one === words.note_waits && held && !IN_LINE.has(held)) return message || one;
  return fill(count === 1 ? one : many, { count });
}

const SENTENCE_END = /[.!?…]+["»”’)]*(?:\s+|$)/g;

/** The sentence of `text` that stands at `fraction` (0..1) of it: what is being said just now. */
export function sentenceAt(text, fraction) {
  const place = fraction * text.length;
  let begin = 0;
  for (const match of text.matchAll(SENTENCE_END)) {
    const end = match.index + match[0].length;
    if (place < end || end === text.length) return text.slice(begin, end).trim();
    begin = end;
  }
  return text.slice(begin).trim();
}
