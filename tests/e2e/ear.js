// Listens beside the page: when the member starts to speak into the microphone, and when the
// playback worklet really put out sound or silence. Times are performance.now().
const LOUD = 1500; // of 32768
const PAUSE_MS = 600;

window.__audio = [];
document.addEventListener("coachline:audio", (event) => {
  window.__audio.push({ ...event.detail, heard: performance.now() });
});

let lastLoud = -PAUSE_MS;
let speaking = false;
const send = WebSocket.prototype.send;
WebSocket.prototype.send = function (data) {
  const bytes = data.buffer ?? data;
  if (bytes instanceof ArrayBuffer) {
    const samples = new Int16Array(bytes.slice(0, bytes.byteLength & ~1));
    if (Math.sqrt(samples.reduce((sum, s) => sum + s * s, 0) / samples.length) > LOUD) {
      const at = performance.now();
      if (at - lastLoud > PAUSE_MS) window.__audio.push({ state: "mic", at, heard: at });
      lastLoud = at;
      speaking = true;
    } else if (speaking && performance.now() - lastLoud > PAUSE_MS / 2) {
      window.__audio.push({ state: "mic_end", at: lastLoud, heard: performance.now() });
      speaking = false;
    }
  }
  return send.call(this, data);
};
