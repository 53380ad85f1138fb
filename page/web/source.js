// The source pane: a document's text, opened at a place that is marked and compared with its quote.

import { isWide, make, part } from "./elements.js";
import { agreesWith, markIn, unmark, within } from "./marks.js";
import { call } from "./server.js";
import { change, state, watch } from "./state.js";
import { drawStrip } from "./strip.js";
import { wording } from "./wording.js";

/** @typedef {import("./views").Cited} Cited */
/** @typedef {import("./views").Source} Source */
/** @typedef {import("./views").Span} Span */
/** @typedef {import("./views").Turn} Turn */
/** @typedef {import("./marks.js").Block} Block */

const text = part(".source .text"), check = part(".source .check");

/** The document whose text is drawn, and its blocks. @type {{ id: string, blocks: Block[] }} */
let drawn = { id: "", blocks: [] };

let openings = 0; // counts what was opened, so that the last stays, in whatever order the server answers

watch(["documents"], () => {
  const last = state.documents.at(-1);
  if (!last) close();
  else if (drawn.id && !state.documents.some(({ id }) => id === drawn.id)) openDocument(last.id);
});

/**
 * @param {string} document the id of a document; "" closes what is open
 */
export async function openDocument(document) {
  if (document) await show(document, null, null);
  else close();
}

/**
 * Opens a document at a place that nothing cites.
 * @param {string} document
 * @param {Span} span
 */
export async function openSpan(document, span) {
  await show(document, span, null);
}

/**
 * Opens the source of a citation or passage at its place.
 * @param {Cited} cited
 * @param {Turn} turn the turn that cites it
 * @param {boolean} isFollowed whether the reader's eyes and focus follow
 */
export async function openCited(cited, turn, isFollowed = true) {
  const isFromStrip = part(".strip").contains(document.activeElement); // asked first, because the strip is drawn anew
  if (!(await show(cited.document, cited, turn, isFollowed))) return;
  if (isFollowed || isFromStrip) text.focus({ preventScroll: true });
}

/** Shows that nothing is open. */
export function close() {
  openings++;
  drawSource(null);
  change({ opened: null });
}

/**
 * Returns whether the place is shown: another may have been opened meanwhile, or the document removed.
 * @param {string} id
 * @param {Span | Cited | null} cited
 * @param {Turn | null} turn
 */
async function show(id, cited, turn, isFollowed = true) {
  const opening = ++openings;
  try {
    if (drawn.id !== id) {
      const source = await call("source", { document: id });
      if (opening !== openings) return false;
      drawSource(source);
    }
  } catch (error) {
    if (opening !== openings) return false;
    drawSource(null);
    tell(error.message, "differs");
    change({ opened: null });
    return false;
  }
  // On a phone the source is below the conversation. It comes into view before its text is scrolled, because a browser
  // lays out only what is in view.
  if (isFollowed && !isWide()) part(".source").scrollIntoView({ block: "start" });
  tell("", "");
  unmark(drawn.blocks);
  if (cited) mark(cited, turn);
  drawStrip(turn, cited, id, openCited);
  change({ opened: { document: id, cited, turn } });
  return true;
}

/** @param {Source | null} source */
function drawSource(source) {
  let start = 0;
  drawn = { id: source?.id ?? "", blocks: [] };
  part(".source h2").textContent = source?.title ?? (state.documents.length ? "" : wording.noDocuments);
  part(".source .origin").textContent = source?.about ?? "";
  text.setAttribute("aria-label", source?.title ?? wording.nothingOpen);
  text.replaceChildren(...(source?.blocks ?? []).map(({ text, label }) => {
    const element = make("div", label ? { class: "block", "data-label": label } : { class: "block" }, text);
    drawn.blocks.push({ element, text, start, end: (start += text.length) });
    return element;
  }));
  text.scrollTop = 0;
  tell("", "");
  drawStrip(null, null, "", openCited);
}

/**
 * Marks the cited passage, sentence and words, and compares the words with the quote, if there is one.
 * @param {Span | Cited} cited
 * @param {Turn | null} turn
 */
function mark(cited, turn) {
  // A sentence has one citation marked in it; a passage has all of the turn's citations that are part of it.
  const quotes = "around" in cited ? [cited]
    : (turn?.citations ?? []).filter((each) => each.document === drawn.id && within(each, cited));
  const outer = { ...("around" in cited ? cited.around : cited), class: turn && !turn.answer ? "related" : "passage" };
  markIn(drawn.blocks, [outer, ...quotes.map(({ start, end }) => ({ start, end, class: "answer" }))]);
  if ("quote" in cited) {
    const agrees = agreesWith(drawn.blocks, cited);
    tell(agrees ? wording.stands : wording.changed, agrees ? "stands" : "differs");
  }
  bring(text.querySelector("mark.answer") ?? text.querySelector("mark"));
}

/**
 * Scrolls the source to `target`, in several frames: blocks that have not been in view yet have an estimated height until
 * a frame lays them out.
 * @param {Element | null} target
 */
function bring(target, frames = 6) {
  if (!target?.isConnected) return;
  text.scrollTop += target.getBoundingClientRect().top - text.getBoundingClientRect().top - text.clientHeight / 3;
  if (frames) requestAnimationFrame(() => bring(target, frames - 1));
}

/**
 * @param {string} message
 * @param {string} kind
 */
function tell(message, kind) {
  check.textContent = message;
  check.className = `check ${kind}`;
}
