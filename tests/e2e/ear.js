// Listens beside the page: what the playback worklet really put out, and when.
window.__audio = [];
document.addEventListener("coachline:audio", (event) => {
  window.__audio.push({ ...event.detail, heard: performance.now() });
});
