// Makes a chosen file ready to be sent: the browser draws it again, small, where it can.

export const LONG_SIDE = 1600;
export const MAX_BYTES = 12 * 1024 * 1024;
const QUALITY = 0.85;

/** Width and height that fit into a square of `side`, in whole pixels, never larger than before. */
export function fit(width, height, side = LONG_SIDE) {
  const scale = Math.min(1, side / Math.max(width, height));
  return [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
}

/** Whether `file` calls itself a picture; cameras' HEIC files often have no type. */
export function isPicture({ type = "", name = "" }) {
  return type.startsWith("image/") || (type === "" && /\.(heic|heif|jpe?g|png|webp)$/i.test(name));
}

/** The pictures among what was pasted or dropped. */
export function picturesOf(transfer) {
  return [...(transfer?.files ?? [])].filter(isPicture);
}

/** The picture in `file`, drawn small; null where this browser cannot read it. */
export async function draw(file) {
  let bitmap;
  try {
    bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    return null; // the server says what is wrong with it
  }
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = fit(bitmap.width, bitmap.height);
  const pen = canvas.getContext("2d", { alpha: false });
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  return canvas;
}

/**
 * `{blob, canvas}`: what to send, and its drawing. Where this browser cannot read the file, it goes
 * as it is and `canvas` is null. A drawing carries no place and no date.
 */
export async function prepare(file) {
  const canvas = await draw(file);
  if (!canvas) return { blob: file, canvas };
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
  return { blob: blob ?? file, canvas };
}
