// The page's address: after `#` stand the conversation, the document and the place in it that are shown. So a link leads
// to an answer or a place, back and forward work, and the page opens where it was left.

import { resume } from "./conversation.js";
import { call } from "./server.js";
import { openCited, openDocument, openSpan } from "./source.js";
import { state, watch } from "./state.js";

const SETTLED = 300; // milliseconds

let isGoing = false; // whether the page is on its way to an address
let timer = 0;

/**
 * Goes where the address leads, or else to `kept`, where the page was left.
 * @param {string} kept
 */
export async function start(kept) {
  await go(location.hash.slice(1) || kept);
  window.addEventListener("popstate", () => go(location.hash.slice(1)));
  watch(["chat", "opened"], write);
  watch(["unasked"], keepSoon);
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

/** @param {string} address */
async function go(address) {
  const { chat = "", doc = "", turn: id = "", at = "" } = Object.fromEntries(new URLSearchParams(address));
  isGoing = true;
  try {
    if (chat && chat !== state.chat && !state.pending) await resume(chat);
    const turn = state.turns.find((each) => each.id === id);
    const [start, end] = at.split("-").map(Number);
    const cited = [...(turn?.citations ?? []), ...(turn?.passages ?? [])]
      .find((each) => each.document === doc && each.start === start && each.end === end);
    if (turn && cited) await openCited(cited, turn, false);
    else if (doc && end > start) await openSpan(doc, { start, end });
    else await openDocument(state.documents.some((each) => each.id === doc) ? doc : state.documents.at(-1)?.id ?? "");
  } finally {
    isGoing = false;
    history.replaceState(null, "", `#${addressOf(state)}`);
    keepSoon();
  }
}

// A new address for what is shown now; the one before is a step back.
function write() {
  const address = `#${addressOf(state)}`;
  if (isGoing || address === location.hash) return;
  history.pushState(null, "", address);
  keepSoon();
}

function keepSoon() {
  clearTimeout(timer);
  timer = setTimeout(() => {
    call("keep", { unasked: [...state.unasked], address: location.hash.slice(1) }).catch(() => {}); // it is only kept less
  }, SETTLED);
}
