/** Copy what a field holds, and say so. Without a clipboard it is selected, and keys copy it. */
import { toast } from "./toast.js";

export async function copyFrom(field, told, tell = toast) {
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    return; // nothing was copied, so nothing is said
  }
  tell(told);
}
