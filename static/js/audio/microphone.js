// Opens the microphone and hands out its frames of 20 ms. Wraps the capture worklet.

/** Why there is no microphone: `reason` is refused, missing, busy, insecure or failed. */
export class MicrophoneError extends Error {
  constructor(reason, cause) {
    super(`microphone ${reason}`, { cause });
    this.name = "MicrophoneError";
    this.reason = reason;
  }
}

const REASONS = {
  NotAllowedError: "refused",
  SecurityError: "refused",
  NotFoundError: "missing",
  OverconstrainedError: "missing",
  NotReadableError: "busy",
  AbortError: "busy",
};

/** Ask for the microphone; the browser shows its question. */
export async function askForMicrophone() {
  if (!navigator.mediaDevices?.getUserMedia) throw new MicrophoneError("insecure");
  try {
    return await navigator.mediaDevices.getUserMedia({
      audio: {
        channelCount: 1,
        echoCancellation: true,
        noiseSuppression: true,
        autoGainControl: true,
      },
    });
  } catch (error) {
    throw new MicrophoneError(REASONS[error.name] ?? "failed", error);
  }
}

/** `on.frame(pcm)` for each 20 ms while not muted, `on.lost()` when the device goes away. */
export class Microphone {
  constructor(context, stream, on) {
    this.stream = stream;
    this.on = on;
    this.level = 0;
    this.muted = false;
    // Firefox throws here when the context's rate is not the device's: see Sound.start.
    this.source = context.createMediaStreamSource(stream);
    this.node = new AudioWorkletNode(context, "capture", { channelCount: 1 });
    this.node.port.onmessage = ({ data }) => this.receive(data);
    // It writes no sound, but a browser may leave out a node that is connected to nothing.
    this.source.connect(this.node).connect(context.destination);
    for (const track of stream.getTracks()) track.onended = () => on.lost();
  }

  receive({ pcm, rms }) {
    this.level = this.muted ? 0 : rms;
    if (!this.muted) this.on.frame(pcm);
  }

  /** Muted, the device itself is told to be silent and no frame leaves the page. */
  mute(on) {
    this.muted = on;
    if (on) this.level = 0;
    for (const track of this.stream.getAudioTracks()) track.enabled = !on;
  }

  close() {
    this.source.disconnect();
    this.node.disconnect();
    for (const track of this.stream.getTracks()) {
      track.onended = null;
      track.stop();
    }
  }
}
