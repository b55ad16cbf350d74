// Listens beside the page: when the member starts to speak into the microphone, and when the
// playback worklet really put out sound or silence. Times are performance.now().
const LOUD = 1500; // of 32768: the member has started
const QUIET = 330; // -40 dB: the last of it was said
const PAUSE_MS = 600;

window.__audio = [];
document.addEventListener("coachline:audio", (event) => {
  window.__audio.push({ ...event.detail, heard: performance.now() });
});

let lastLoud = 0;
let speaking = false;
const send = WebSocket.prototype.send;
WebSocket.prototype.send = function (data) {
  const bytes = data.buffer ?? data;
  if (bytes instanceof ArrayBuffer) {
    const samples = new Int16Array(bytes.slice(0, bytes.byteLength & ~1));
    const level = Math.sqrt(samples.reduce((sum, s) => sum + s * s, 0) / samples.length);
    const at = performance.now();
    if (level > LOUD && !speaking) {
      window.__audio.push({ state: "mic", at, heard: at });
      speaking = true;
    }
    if (level > QUIET) {
      lastLoud = at;
    } else if (speaking && performance.now() - lastLoud > PAUSE_MS / 2) {
      window.__audio.push({ state: "mic_end", at: lastLoud, heard: performance.now() });
      speaking = false;
    }
  }
  return send.call(this, data);
};
