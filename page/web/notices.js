// What has become of files that were added or documents that were removed. Notices stay in the window until they are
// dismissed, or the next files are added. Those that say only that something is done also go when a question is asked.

import { button, make, part } from "./elements.js";
import { state, watch } from "./state.js";
import { wording } from "./wording.js";

/** What is `told` is done, too, but with something to know.
 * @typedef {"done" | "told" | "failed" | "over"} Outcome */

watch(["pending"], () => {
  if (state.pending) part(".notices").querySelectorAll(":scope > .done").forEach((line) => line.remove());
});

/**
 * Adds a notice of something that is over, and returns its element.
 * @param {string} message
 * @param {Outcome} outcome
 */
export function notice(message, outcome) {
  const line = make("li");
  part(".notices").append(line);
  conclude(line, message, outcome);
  return line;
}

/**
 * Adds a notice of something that takes time, and returns its element.
 * @param {string} name
 * @param {string} step
 * @param {() => void} cancel
 */
export function work(name, step, cancel) {
  const line = make("li", { class: "work" }, make("span", {}, wording.step(name, step)),
    button(wording.cancel, "plain cancel", () => {
      line.querySelector("button")?.setAttribute("disabled", "");
      cancel();
    }, { "aria-label": wording.cancelNamed(name) }),
    make("progress", { max: "1", value: "0", "aria-label": name }), make("small", { "aria-hidden": "true" }));
  part(".notices").append(line);
  return line;
}

/**
 * Shows how far something has come.
 * @param {HTMLElement} line
 * @param {string} message
 * @param {number | null} share the share of it that is done; null if that is not known
 * @param {string} left how long the rest takes
 */
export function proceed(line, message, share = null, left = "") {
  const [said, bar, small] = ["span", "progress", "small"].map((tag) => /** @type {Element} */ (line.querySelector(tag)));
  if (said.textContent !== message) said.textContent = message; // it is read aloud whenever it changes
  if (share === null) bar.removeAttribute("value");
  else bar.setAttribute("value", String(share));
  small.textContent = left;
}

/**
 * Says how something has ended.
 * @param {HTMLElement} line
 * @param {string} message
 * @param {Outcome} outcome
 */
export function conclude(line, message, outcome) {
  const isFocused = line.contains(document.activeElement);
  const dismiss = button("×", "plain dismiss", () => line.remove(), { "aria-label": wording.dismiss });
  line.className = outcome;
  line.replaceChildren(make("span", {}, message), dismiss);
  if (isFocused) dismiss.focus();
}

/**
 * Adds something to do, or to know, to a notice.
 * @param {HTMLElement} line
 * @param {HTMLElement} more
 */
export function extend(line, more) {
  line.querySelector("span")?.append(" ", more);
}

/** Takes away the notices of what is over. */
export function clearNotices() {
  part(".notices").querySelectorAll(":scope > :not(.work)").forEach((line) => line.remove());
}
