// For tests: when the page has sent sound of its microphone that is no silence. `window.__said` has
// the moments, in milliseconds since 1970, at which such sound begins after a quiet time.
{
  const QUIET_MS = 300;
  const AUDIBLE = 0.0008; // as the playback monitor has it
  const { send } = WebSocket.prototype;
  let loudAt = Number.NEGATIVE_INFINITY;
  window.__said = [];
  WebSocket.prototype.send = function (data) {
    if (data instanceof ArrayBuffer) {
      const samples = new Int16Array(data);
      const sum = samples.reduce((all, sample) => all + (sample / 32768) ** 2, 0);
      const now = performance.timeOrigin + performance.now();
      if (Math.sqrt(sum / samples.length) > AUDIBLE) {
        if (now - loudAt > QUIET_MS) window.__said.push(now);
        loudAt = now;
      }
    }
    return send.call(this, data);
  };
}
