// The source pane: a document, as its pages or as text, opened at a place that is marked and compared with its quote.

import { isWide, page, part } from "./elements.js";
import { agreesWith, markIn, unmark, within } from "./marks.js";
import { bringPage, drawPages, hasPages, markPages, sizesOf } from "./pages.js";
import { call } from "./server.js";
import { change, state, watch } from "./state.js";
import { drawStrip } from "./strip.js";
import { drawText } from "./text.js";
import { wording } from "./wording.js";

/** @typedef {import("./views").Cited} Cited */
/** @typedef {import("./views").Source} Source */
/** @typedef {import("./views").Span} Span */
/** @typedef {import("./views").Turn} Turn */
/** @typedef {import("./marks.js").Block} Block */

const text = part(".source .text"), pages = part(".source .pages"), check = part(".source .check");

/** The document that is drawn, its blocks, and the place that is marked in it.
 * @type {{ id: string, blocks: Block[], cited: Span | Cited | null, turn: Turn | null }} */
let drawn = { id: "", blocks: [], cited: null, turn: null };

let claims = 0; // counts those who will show something in the pane

watch(["documents"], () => {
  const last = state.documents.at(-1);
  if (!last) close();
  else if (drawn.id) {
    const shown = state.documents.find(({ id }) => id === drawn.id);
    if (shown) drawTitle(shown);
    else openDocument(last.id);
  }
});

watch(["found"], () => mark(drawn.cited, drawn.turn));
watch(["asText"], () => {
  drawView();
  bring();
});
for (const pressed of page.querySelectorAll("[data-view]")) {
  if (!(pressed instanceof HTMLElement)) continue;
  pressed.addEventListener("click", () => change({ asText: pressed.dataset.view === "text" }));
}

/**
 * @param {string} document the id of a document; "" closes what is open
 * @param {boolean} isFollowed whether the reader's eyes follow
 */
export async function openDocument(document, isFollowed = true) {
  if (document) await show(document, null, null, isFollowed);
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
  if (isFollowed || isFromStrip) (isText() ? text : pages).focus({ preventScroll: true });
}

/**
 * Claims the pane for what will be shown in it. Of those who claim it, the last one shows what it wants, in whatever order
 * the server answers them. Returns whether nobody else has claimed it since.
 */
export function claim() {
  const mine = ++claims;
  return () => mine === claims;
}

/** Shows that nothing is open. */
export function close() {
  claim();
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
  const isWanted = claim();
  try {
    if (drawn.id !== id) {
      const hasBoxes = state.documents.some((each) => each.id === id && each.hasBoxes);
      const [source, sizes] = await Promise.all([call("source", { document: id }), hasBoxes ? sizesOf(id) : []]);
      if (!isWanted()) return false;
      drawSource(source, sizes);
    }
  } catch (error) {
    if (!isWanted()) return false;
    drawSource(null);
    tell(error.message, "differs");
    change({ opened: null });
    return false;
  }
  // On a phone the source is below the conversation. It comes into view before its text is scrolled, because a browser
  // lays out only what is in view.
  if (isFollowed && !isWide()) part(".source").scrollIntoView({ block: "start" });
  tell("", "");
  await mark(cited, turn);
  if (!isWanted()) return false;
  bring();
  drawStrip(turn, cited, id, openCited);
  change({ opened: { document: id, cited, turn } });
  return true;
}

/** @param {import("./views").DocumentView | null} document */
function drawTitle(document) {
  part(".source h2").textContent = document?.title ?? (state.documents.length ? "" : wording.noDocuments);
  part(".source .origin").textContent = document?.about ?? "";
  text.setAttribute("aria-label", document?.title ?? wording.nothingOpen);
}

/**
 * @param {Source | null} source
 * @param {[number, number][]} sizes of its pages
 */
function drawSource(source, sizes = []) {
  drawn = { id: source?.id ?? "", blocks: drawText(text, source?.blocks ?? []), cited: null, turn: null };
  drawTitle(source);
  text.scrollTop = 0;
  drawPages(drawn.id, sizes);
  drawView();
  tell("", "");
  drawStrip(null, null, "", openCited);
}

/** Whether the document is shown as text. */
function isText() {
  return state.asText || !hasPages();
}

function drawView() {
  text.hidden = !isText();
  pages.hidden = isText();
  part(".source .views").hidden = !hasPages();
  for (const each of page.querySelectorAll("[data-view]")) {
    each.setAttribute("aria-pressed", `${(each.getAttribute("data-view") === "text") === isText()}`);
  }
}

/**
 * Marks what was found, and the cited passage, sentence and words. Compares these with the quote, if there is one.
 * @param {Span | Cited | null} cited
 * @param {Turn | null} turn
 */
async function mark(cited, turn) {
  Object.assign(drawn, { cited, turn });
  const isOpen = (/** @type {Span} */ each) => each.start === cited?.start && each.end === cited.end;
  const found = state.found.filter((each) => each.document === drawn.id)
    .map((each) => ({ start: each.start, end: each.end, class: isOpen(each) ? "answer" : "found" }));
  const marks = cited && !found.some(isOpen) ? [...found, ...marksOf(cited, turn)] : found;
  unmark(drawn.blocks);
  markIn(drawn.blocks, marks);
  if (cited && "quote" in cited) {
    const agrees = agreesWith(drawn.blocks, cited);
    tell(agrees ? wording.stands(cited.isRecognised) : wording.changed, agrees ? "stands" : "differs");
  }
  if (hasPages()) await markPages(marks).catch(({ message }) => tell(message, "differs"));
}

/**
 * @param {Span | Cited} cited
 * @param {Turn | null} turn
 */
function marksOf(cited, turn) {
  // A sentence has one citation marked in it; a passage has all of the turn's citations that are part of it.
  const quotes = "around" in cited ? [cited]
    : (turn?.citations ?? []).filter((each) => each.document === drawn.id && within(each, cited));
  const outer = { ...("around" in cited ? cited.around : cited), class: turn && !turn.answer ? "related" : "passage" };
  return [outer, ...quotes.map(({ start, end }) => ({ start, end, class: "answer" }))];
}

/** Scrolls the source to what is marked. */
function bring() {
  if (isText()) bringText(text.querySelector("mark.answer") ?? text.querySelector("mark:not(.found)"));
  else bringPage();
}

/**
 * Scrolls the text to `target`, until it stays there: blocks that have not been in view yet have an estimated height
 * until a frame lays them out.
 * @param {Element | null} target
 * @param {number} still frames for which it has stayed
 * @param {number} most frames that are left
 */
function bringText(target, still = 0, most = 20) {
  if (!target?.isConnected || still === 6 || !most) return;
  bringAcross(target);
  const before = text.scrollTop;
  text.scrollTop += target.getBoundingClientRect().top - text.getBoundingClientRect().top - text.clientHeight / 3;
  requestAnimationFrame(() => bringText(target, text.scrollTop === before ? still + 1 : 0, most - 1));
}

/** Scrolls the table around `target`, if it is wider than the pane, to the column of `target`.
 * @param {Element} target */
function bringAcross(target) {
  const table = target.closest(".table"), cell = target.closest("td, th");
  if (!table || !cell) return;
  const shown = table.getBoundingClientRect(), { left, right } = cell.getBoundingClientRect();
  if (right > shown.right) table.scrollLeft += Math.min(right - shown.right, left - shown.left);
  else if (left < shown.left) table.scrollLeft += left - shown.left;
}

/**
 * @param {string} message
 * @param {string} kind
 */
function tell(message, kind) {
  check.textContent = message;
  check.className = `check ${kind}`;
}
