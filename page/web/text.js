// A document as text: headings, paragraphs, lists and tables, made of text nodes.

import { make } from "./elements.js";
import { Pieces, seen } from "./pieces.js";
import { columnWidths, drawTable } from "./table.js";

/** @typedef {import("./views").Line} Line */
/** @typedef {import("./views").Source} Source */

const ELEMENTS = /** @type {const} */ ({ heading: "h3", paragraph: "p", "list item": "li", "table row": "p" });
const LABELLED = /^\s*(?:[-*+•‣◦▪·–—☐☑☒✓✗]|\(?\w{1,4}[.)]|\d+(?:\.\d+)+)\s/u; // a list item that has a bullet or a number

/**
 * Draws the blocks of a text in `element`, and returns its pieces.
 * @param {HTMLElement} element
 * @param {Source["blocks"]} blocks
 */
export function drawText(element, blocks) {
  const pieces = new Pieces(), widths = columnWidths(blocks);
  element.replaceChildren(...blocks.map(({ label, form, parts }) => {
    const block = make("div", { class: form ? `block ${form}` : "block", ...(label ? { "data-label": label } : {}) });
    for (const each of parts) {
      if (each.kind === "table") block.append(drawTable(each, widths.get(each.number) ?? [], pieces));
      else listOf(block, each).append(drawLine(each, pieces));
    }
    return block;
  }));
  return pieces.all;
}

/**
 * Where the next line of a block goes: into its last list, or a new one, if it is an item; else into the block itself.
 * @param {HTMLElement} block
 * @param {Line} line
 */
function listOf(block, { kind }) {
  if (kind !== "list item") return block;
  if (block.lastElementChild?.tagName !== "UL") block.append(make("ul"));
  return /** @type {Element} */ (block.lastElementChild);
}

/**
 * @param {Line} line
 * @param {Pieces} pieces
 */
function drawLine({ kind, role, runs }, pieces) {
  const made = make(ELEMENTS[kind], role ? { "data-role": role } : {});
  if (kind === "list item" && !LABELLED.test(seen(runs))) made.className = "bullet";
  return pieces.putAll(made, runs);
}
