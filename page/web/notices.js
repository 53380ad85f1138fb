// What has become of files that were added or documents that were removed. Notices stay in the window until they are
// dismissed, or the next files are added.

import { button, make, part } from "./elements.js";
import { wording } from "./wording.js";

/**
 * Adds a notice, and returns its element.
 * @param {string} message
 * @param {"waiting" | "done" | "failed"} className
 */
export function notice(message, className = "waiting") {
  const dismiss = button("×", "plain dismiss", () => line.remove(), { "aria-label": wording.dismiss });
  const line = make("li", { class: className }, make("span", {}, message), dismiss);
  part(".notices").append(line);
  return line;
}

/**
 * Changes a notice.
 * @param {HTMLElement} line
 * @param {string} message
 * @param {"waiting" | "done" | "failed"} className
 */
export function tell(line, message, className = "waiting") {
  line.className = className;
  /** @type {Element} */ (line.firstElementChild).textContent = message;
}

/** Takes away the notices of what is over. */
export function clearNotices() {
  part(".notices").querySelectorAll(".done, .failed").forEach((line) => line.remove());
}
