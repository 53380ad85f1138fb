// The conversation: its questions with their answers, and asking the next one.

import { isWide, make, part } from "./elements.js";
import { call } from "./server.js";
import { openCited } from "./source.js";
import { asked, change, refresh, state, watch } from "./state.js";
import { drawTurn } from "./turn.js";
import { wording } from "./wording.js";

/** @typedef {import("./views").Turn} Turn */

const TALLEST = 160; // pixels that the question's box grows to

const log = part(".log"), form = part(".asking");
const question = /** @type {HTMLTextAreaElement} */ (part(".asking textarea"));

let questions = 0; // counts what was asked, so that no answer comes into a conversation that was left meanwhile
let begun = ""; // the conversation that the reader began last
let isLed = false; // whether the reader has begun or opened a conversation

/** The turns that the log shows, by their ids, with their articles. @type {Map<string, { turn: Turn, article: HTMLElement }>} */
const drawn = new Map();

watch(["turns", "pending"], drawLog);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  ask(question.value);
});
question.addEventListener("input", grow);
question.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  ask(question.value);
});
part("[data-new]").addEventListener("click", () => {
  begin();
  question.focus();
});

/** Begins a new conversation, unless the one that is shown has just been begun. */
export function begin() {
  if (state.chat === begun && !state.turns.length && !state.pending) part(".failure")?.remove();
  else leave((begun = crypto.randomUUID()));
}

/**
 * Shows a conversation that was kept.
 * @param {string} chat
 */
export async function resume(chat) {
  leave(chat);
  await load(chat);
}

/**
 * Shows the conversation that the page was left with, unless the reader has chosen another. What is asked meanwhile is
 * asked in it.
 * @param {string} chat its name; "" if there is none
 */
export async function restore(chat) {
  if (!chat || isLed) return;
  change({ chat });
  await load(chat);
}

/**
 * Leaves the conversation that is shown, with the question that it waits for.
 * @param {string} chat the next one
 */
function leave(chat) {
  isLed = true;
  questions++;
  part(".failure")?.remove();
  change({ chat, turns: [], pending: "" });
}

/** @param {string} chat */
async function load(chat) {
  const turns = await call("turns", { chat });
  if (chat !== state.chat) return; // another has been begun meanwhile
  change({ turns });
  if (isWide()) reveal(log.lastElementChild); // a narrow page opens at its top
}

/**
 * Asks a question of the documents whose boxes are ticked.
 * @param {string} typed
 */
export async function ask(typed) {
  if (state.pending) return;
  const asking = ++questions, pressed = document.activeElement;
  if (question.value === typed) fill("");
  part(".failure")?.remove();
  change({ pending: typed || " " });
  try {
    await state.known;
    if (asking !== questions) return;
    const turn = await call("answer", { chat: state.chat, shown: state.turns.length, question: typed, documents: asked() });
    if (asking !== questions) return;
    change({ turns: [...state.turns, turn], pending: "" });
    reveal(log.lastElementChild);
    const first = turn.citations[0] ?? turn.passages[0];
    if (first) await openCited(first, turn, false);
  } catch (error) {
    if (asking !== questions) return;
    change({ pending: "" });
    fail(error.message);
    if (!question.value) fill(typed);
    refresh().catch(() => {}); // a document that was asked may have been removed in another window
  }
  // The button that was pressed may be gone, and the focus with it. Where the reader has moved it since, it stays.
  if (pressed instanceof HTMLButtonElement && document.activeElement === document.body) question.focus({ preventScroll: true });
}

/** Fetches the answers anew, as after a document was renamed that they cite. */
export async function renewTurns() {
  const { chat, turns: before } = state;
  if (!before.length) return;
  const fetched = await call("turns", { chat });
  if (chat !== state.chat) return;
  const turns = state.turns.map((turn, number) => (same(turn, fetched[number]) ? turn : fetched[number]));
  const { opened } = state, turn = turns.find(({ id }) => id === opened?.turn?.id);
  change({ turns });
  if (!opened?.turn || !opened.cited || !turn || turn === opened.turn) return;
  const places = (/** @type {Turn} */ each) => [...each.citations, ...each.passages];
  const at = places(opened.turn).findIndex((each) => each === opened.cited);
  change({ opened: { ...opened, turn, cited: places(turn)[at] ?? opened.cited } });
}

/** @param {unknown} one @param {unknown} other */
function same(one, other) {
  return other === undefined || JSON.stringify(one) === JSON.stringify(other);
}

/** The last question of the conversation; "" if there is none. */
export function lastQuestion() {
  return state.turns.at(-1)?.question ?? "";
}

/**
 * Says in the log what went wrong.
 * @param {string} message
 */
export function fail(message) {
  log.append(make("div", { class: "failure", role: "alert" }, make("p", {}, message)));
  reveal(log.lastElementChild);
}

// Draws the turns that are new or have changed, and takes away those that are gone.
function drawLog() {
  const ids = new Set(state.turns.map(({ id }) => id));
  for (const [id, { article }] of drawn) {
    if (ids.has(id)) continue;
    article.remove();
    drawn.delete(id);
  }
  log.querySelector(".asked")?.remove();
  for (const turn of state.turns) {
    const before = drawn.get(turn.id);
    if (before?.turn === turn) continue;
    const article = drawTurn(turn, state.documents.length > 0);
    drawn.set(turn.id, { turn, article });
    if (before) replace(before.article, article);
    else log.append(article);
  }
  if (state.pending) {
    log.append(make("article", { class: "turn asked" },
      make("p", { class: "question", dir: "auto" }, state.pending),
      make("p", { class: "pending" }, state.status || wording.pending)));
    reveal(log.lastElementChild);
  }
  if (ids.size || state.pending) log.querySelector(".welcome")?.remove();
  form.toggleAttribute("aria-busy", Boolean(state.pending));
  /** @type {HTMLButtonElement} */ (part(".asking .primary")).disabled = Boolean(state.pending);
}

/**
 * @param {HTMLElement} before
 * @param {HTMLElement} article
 */
function replace(before, article) {
  const [was, is] = [before, article].map((each) => each.querySelector("input"));
  if (was && is) is.checked = was.checked;
  before.replaceWith(article);
}

/** Scrolls a turn to the top of the log.
 * @param {string} id */
export function revealTurn(id) {
  reveal(drawn.get(id)?.article ?? null);
}

/**
 * Scrolls an article to the top of the log, so that it can be read from its beginning.
 * @param {Element | null} article
 */
function reveal(article) {
  if (!(article instanceof HTMLElement)) return;
  log.scrollTop = article.offsetTop - log.offsetTop;
  if (!isWide()) article.scrollIntoView({ block: "start" });
}

/** @param {string} value */
function fill(value) {
  question.value = value;
  grow();
}

function grow() {
  question.style.height = "auto";
  question.style.height = `${Math.min(question.scrollHeight + 2, TALLEST)}px`;
}
