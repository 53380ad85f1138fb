// The page's address: after `#` stand the conversation, the document and the place in it that are shown. So a link leads
// to an answer or a place, back and forward work, and the page opens where it was left.

import { fail, restore, resume, revealTurn } from "./conversation.js";
import { call } from "./server.js";
import { claim, openCited, openDocument, openSpan } from "./source.js";
import { change, refresh, state, watch } from "./state.js";

const SETTLED = 300; // milliseconds

let going = 0; // the number of the way to an address that the page is on; 0 if it is on none
let ways = 0; // counts them, so that the last leads, in whatever order the server answers
let timer = 0;

/** Goes where the address leads, or else to where the page was left. */
export async function start() {
  await go(async () => {
    const [{ unasked, address, order }, documents] = await Promise.all([call("kept", {}), call("documents", {})]);
    change({ unasked: new Set(unasked), documents, order });
    const led = location.hash.slice(1) || address;
    await restore(partsOf(led).chat);
    return led;
  });
  window.addEventListener("popstate", () => follow(location.hash.slice(1)));
  addEventListener("pageshow", ({ persisted }) => persisted && renew().catch(() => {})); // a browser that goes back keeps the page
  watch(["chat", "opened"], write);
  watch(["unasked", "order"], keepSoon);
}

/**
 * Opens a conversation that was kept, with what it cited last, or what one of its turns cites.
 * @param {string} chat
 * @param {string} turn
 */
export async function reopen(chat, turn = "") {
  history.pushState(null, "", whole(new URLSearchParams({ chat, ...(turn && { turn }) }).toString()));
  await follow(location.hash.slice(1));
  if (turn) revealTurn(turn);
}

/**
 * The part of an address after `#` that leads to what is shown.
 * @param {Partial<Pick<typeof state, "chat" | "opened">>} shown
 */
export function addressOf({ chat, opened }) {
  const parts = new URLSearchParams();
  if (chat) parts.set("chat", chat);
  if (opened) parts.set("doc", opened.document);
  if (opened?.turn) parts.set("turn", opened.turn.id);
  if (opened?.cited) parts.set("at", `${opened.cited.start}-${opened.cited.end}`);
  return parts.toString();
}

// Shows which documents there are now. Another page may have changed them meanwhile.
async function renew() {
  await refresh();
  if (!state.opened) await follow(location.hash.slice(1));
}

/** @param {string} address */
async function follow(address) {
  await go(async () => {
    const { chat } = partsOf(address);
    if (chat && chat !== state.chat) await resume(chat);
    return address;
  }).catch(({ message }) => fail(message));
}

/**
 * Opens what an address names, unless something else is opened while it is found out.
 * @param {() => Promise<string>} find restores the conversation of an address, and returns the address
 */
async function go(find) {
  const way = going = ++ways, isWanted = claim(), found = find();
  change({ known: found.catch(() => {}) });
  try {
    const address = await found;
    if (isWanted()) await open(address);
  } finally {
    if (way === going) {
      going = 0;
      history.replaceState(null, "", whole(addressOf(state)));
      keepSoon();
    }
  }
}

/** @param {string} address */
async function open(address) {
  const { doc, turn: id, at } = partsOf(address), last = doc ? null : state.turns.at(-1);
  const turn = state.turns.find((each) => each.id === id) ?? last, cites = [...(turn?.citations ?? []), ...(turn?.passages ?? [])];
  const [start, end] = at.split("-").map(Number);
  const cited = last ? cites[0] : cites.find((each) => each.document === doc && each.start === start && each.end === end);
  if (turn && cited) await openCited(cited, turn, false);
  else if (doc && end > start) await openSpan(doc, { start, end });
  else await openDocument(state.documents.some((each) => each.id === doc) ? doc : state.documents.at(-1)?.id ?? "", false);
}

/** @param {string} address */
function partsOf(address) {
  return { chat: "", doc: "", turn: "", at: "", ...Object.fromEntries(new URLSearchParams(address)) };
}

// A new address for what is shown now; the one before is a step back.
function write() {
  const address = addressOf(state);
  if (going || `#${address}` === location.hash) return;
  history.pushState(null, "", whole(address));
  keepSoon();
}

/**
 * The page's whole address, in the collection that is open. An address that begins with `#` would leave that, because
 * Gradio's page has a base of its own.
 * @param {string} address the part after `#`
 */
function whole(address) {
  return `${location.pathname}${location.search}#${address}`;
}

function keepSoon() {
  clearTimeout(timer);
  timer = setTimeout(() => {
    call("keep", { unasked: [...state.unasked], address: location.hash.slice(1), order: state.order }).catch(() => {}); // it is only kept less
  }, SETTLED);
}
