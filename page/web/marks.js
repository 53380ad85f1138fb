// Marking spans in a text that stands on the page in blocks.

import { make } from "./elements.js";

/** @typedef {import("./views").Span} Span */

/** A block of the text, from `start` to `end`. @typedef {{ element: HTMLElement, text: string } & Span} Block */

/** @typedef {Span & { class: string }} Mark */

/**
 * Whether `inner` lies in `outer`.
 * @param {Span} inner
 * @param {Span} outer
 */
export function within(inner, outer) {
  return inner.start >= outer.start && inner.end <= outer.end;
}

/**
 * Takes all marks away.
 * @param {Block[]} blocks
 */
export function unmark(blocks) {
  for (const { element, text } of blocks) if (element.childElementCount) element.replaceChildren(text);
}

/**
 * Marks spans, which may lie in each other and reach over several blocks. A `mark` has the classes of all its spans.
 * @param {Block[]} blocks
 * @param {Mark[]} marks
 */
export function markIn(blocks, marks) {
  for (const block of blocks) {
    const inside = marks.filter((each) => each.start < block.end && each.end > block.start);
    if (inside.length) block.element.replaceChildren(...pieces(block, inside));
  }
}

/**
 * Whether the words at the place of `cited`, as the page shows them, are those of its quote.
 * @param {Block[]} blocks
 * @param {Span & { quote: string }} cited
 */
export function agreesWith(blocks, cited) {
  const shown = blocks
    .filter((block) => block.start < cited.end && block.end > cited.start)
    .map((block) => (block.element.textContent ?? "").slice(Math.max(0, cited.start - block.start), cited.end - block.start));
  return shown.join("") === cited.quote;
}

/**
 * @param {Block} block
 * @param {Mark[]} marks
 */
function pieces(block, marks) {
  const ends = marks.flatMap(({ start, end }) => [Math.max(start, block.start), Math.min(end, block.end)]);
  const cuts = [...new Set([block.start, ...ends, block.end])].sort((one, other) => one - other);
  return cuts.slice(1).map((end, number) => {
    const start = cuts[number], piece = block.text.slice(start - block.start, end - block.start);
    const classes = marks.filter((each) => within({ start, end }, each)).map((each) => each.class);
    return classes.length ? make("mark", { class: classes.join(" ") }, piece) : piece;
  });
}
