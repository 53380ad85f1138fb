// Which documents the list shows, and in which order: filtered by words, sorted by when they were added, title or date.

import { part } from "./elements.js";
import { change, state, watch } from "./state.js";

/** @typedef {import("./views").Listed} Listed */

const FEW = 4; // documents up to which a list needs neither filter nor order

const box = part(".arranging"), none = part(".documents .none");
const filter = /** @type {HTMLInputElement} */ (part(".arranging input"));
const order = /** @type {HTMLSelectElement} */ (part(".arranging select"));

/** @type {Record<string, (one: Listed, other: Listed) => number>} */
const ORDERS = {
  title: (one, other) => one.title.localeCompare(other.title, undefined, { numeric: true }),
  date: (one, other) => other.date.localeCompare(one.date), // the newest first, and last those without one
};

watch(["order"], () => (order.value = state.order));
order.addEventListener("change", () => change({ order: order.value }));

/**
 * Calls `draw` whenever the reader wants to see other documents.
 * @param {() => void} draw
 */
export function watchFilter(draw) {
  filter.addEventListener("input", draw);
}

/**
 * Returns the documents to show, in order.
 * @param {Listed[]} documents in the order in which they were added
 */
export function arranged(documents) {
  box.hidden = documents.length <= FEW && !filter.value;
  const words = plain(filter.value).split(/\s+/);
  const shown = documents.filter(({ title, about }) => words.every((word) => plain(`${title} ${about}`).includes(word)));
  none.hidden = shown.length > 0 || !documents.length;
  return shown.reverse().sort(ORDERS[state.order]);
}

/** Returns a text in lower case and without accents.
 * @param {string} text */
function plain(text) {
  return text.normalize("NFD").replace(/\p{Mn}/gu, "").toLowerCase();
}
