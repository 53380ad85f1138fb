// A document as its pages: an empty leaf of the right size for each, filled while it is near the view, so that a long
// document takes no more memory than a short one.

import { make, part } from "./elements.js";
import { emptyLeaf, fillLeaf, markLeaf } from "./leaf.js";
import { call } from "./server.js";
import { wording } from "./wording.js";

/** @typedef {import("./marks.js").Mark} Mark */

const AT_REST = 80; // milliseconds that a leaf stays near the view before it is filled, so that scrolling past costs nothing
const RESIZED = 200; // milliseconds after which the pictures are drawn for a new width

const pane = part(".pages");

/** The document whose leaves are drawn, and its leaves in order. @type {{ id: string, leaves: HTMLElement[] }} */
let drawn = { id: "", leaves: [] };

/** The leaves that will be filled soon, with their timers. @type {Map<Element, number>} */
const waiting = new Map();

const view = new IntersectionObserver((entries) => entries.forEach(follow), { root: pane, rootMargin: "50% 0px" });

let markings = 0; // counts what was marked, so that the last stays, in whatever order the server answers
let width = 0, resizing = 0;
new ResizeObserver(() => {
  if (pane.clientWidth === width) return; // as after every change of height
  width = pane.clientWidth;
  clearTimeout(resizing);
  resizing = setTimeout(() => {
    for (const leaf of drawn.leaves) if (leaf.childElementCount) fillLeaf(leaf, drawn.id);
  }, RESIZED);
}).observe(pane);

/**
 * Fetches the sizes of a document's pages; none if it is not shown as pages.
 * @param {string} id
 */
export function sizesOf(id) {
  return call("open_pages", { document: id });
}

/**
 * Draws the leaves of a document; without sizes, none.
 * @param {string} id
 * @param {[number, number][]} sizes
 */
export function drawPages(id, sizes) {
  view.disconnect();
  waiting.forEach((timer) => clearTimeout(timer));
  waiting.clear();
  markings++;
  drawn = { id, leaves: sizes.map(drawLeaf) };
  pane.replaceChildren(...drawn.leaves);
  pane.scrollTop = 0;
  drawn.leaves.forEach((leaf) => view.observe(leaf));
}

/** Whether pages are drawn. */
export function hasPages() {
  return drawn.leaves.length > 0;
}

/**
 * Marks spans on the pages, in place of all marks before.
 * @param {Mark[]} marks
 */
export async function markPages(marks) {
  const marking = ++markings, spans = marks.map(({ start, end }) => [start, end]);
  const rectangles = spans.length ? await call("rectangles", { document: drawn.id, spans }) : [];
  if (marking !== markings) return;
  drawn.leaves.forEach((leaf, index) => {
    const spots = rectangles.filter(({ page }) => page === index + 1);
    markLeaf(leaf, spots.map(({ edges, span }) => ({ edges, class: marks[span].class })));
  });
}

/** Scrolls to the words that are marked, and fills their page at once. */
export function bringPage() {
  const spot = pane.querySelector(".spot.answer") ?? pane.querySelector(".spot:not(.found)"), leaf = spot?.closest(".leaf");
  if (!spot || !(leaf instanceof HTMLElement)) return;
  pane.scrollTop += spot.getBoundingClientRect().top - pane.getBoundingClientRect().top - pane.clientHeight / 3;
  fillLeaf(leaf, drawn.id);
}

/**
 * @param {[number, number]} size
 * @param {number} index
 */
function drawLeaf([width, height], index) {
  const leaf = make("div", { class: "leaf", role: "group", "aria-label": wording.page(index + 1), "data-number": `${index + 1}` });
  leaf.style.setProperty("--width", `${width}`);
  leaf.style.setProperty("--height", `${height}`);
  return leaf;
}

/** @param {IntersectionObserverEntry} entry */
function follow({ target, isIntersecting }) {
  const leaf = /** @type {HTMLElement} */ (target);
  clearTimeout(waiting.get(leaf));
  waiting.delete(leaf);
  if (!isIntersecting) emptyLeaf(leaf);
  else waiting.set(leaf, setTimeout(() => fillLeaf(leaf, drawn.id), AT_REST));
}
