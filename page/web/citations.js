// Numbered citations, and stepping through those of an answer.

import { button, page } from "./elements.js";
import { openCited } from "./source.js";
import { state, watch } from "./state.js";
import { showTip } from "./tip.js";
import { wording } from "./wording.js";

/** @typedef {import("./views").Citation} Citation */
/** @typedef {import("./views").Cited} Cited */
/** @typedef {import("./views").Turn} Turn */

/** The buttons that open a place, with the place and its turn. @type {WeakMap<Element, { cited: Cited, turn: Turn }>} */
const openers = new WeakMap();

watch(["opened"], markCurrent);

/**
 * Returns the button with a citation's number.
 * @param {Turn} turn
 * @param {number} index of the citation
 */
export function chip(turn, index) {
  const cited = turn.citations[index], made = opener(turn, cited, "number", `${index + 1}`);
  made.setAttribute("aria-label", wording.citation(index + 1, cited.title, cited.place));
  showTip(made, cited);
  return made;
}

/**
 * Returns a button that opens the source at `cited`.
 * @param {Turn} turn
 * @param {Cited} cited
 * @param {string} className
 * @param {string} label
 */
export function opener(turn, cited, className, label = "") {
  const made = button(label, className, () => openCited(cited, turn));
  openers.set(made, { cited, turn });
  return made;
}

/**
 * Opens the next citation of the answer whose source is open, or the first; with -1, the one before, or the last.
 * @param {1 | -1} step
 */
export function stepCitation(step) {
  const turn = state.opened?.turn ?? state.turns.at(-1), count = turn?.citations.length;
  if (!turn || !count) return;
  const at = turn.citations.findIndex((each) => each === state.opened?.cited);
  openCited(turn.citations[at < 0 ? (step > 0 ? 0 : count - 1) : (at + step + count) % count], turn);
}

/** Moves the focus back to what opened the place that is shown. */
export function returnToAnswer() {
  const opener = /** @type {HTMLElement | null} */ (page.querySelector(".log [aria-current]"));
  opener?.scrollIntoView({ block: "center" });
  opener?.focus({ preventScroll: true });
  return Boolean(opener);
}

// Of the buttons that open a place, marks the first that opens the place that is open.
function markCurrent() {
  const all = [...page.querySelectorAll(".log .number, .log .hit")];
  const { cited, turn } = state.opened ?? {};
  const pressed = all.filter((each) => openers.get(each)?.cited === cited && openers.get(each)?.turn === turn);
  const current = pressed.find((each) => each === document.activeElement) ?? pressed[0];
  for (const each of all) {
    if (each === current) each.setAttribute("aria-current", "true");
    else each.removeAttribute("aria-current");
  }
}
