// What has become of files that were added or documents that were removed.

import { make, part } from "./elements.js";

/**
 * Adds a line to the notices, and returns it.
 * @param {string} message
 * @param {"waiting" | "done" | "failed"} className
 */
export function notice(message, className = "waiting") {
  const line = make("li", { class: className }, message);
  part(".notices").append(line);
  return line;
}

/** Takes away the notices of what is over. */
export function clearNotices() {
  part(".notices").querySelectorAll(".done, .failed").forEach((line) => line.remove());
}
