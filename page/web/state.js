// What the page knows. Modules change it with `change`; those that draw from it say with `watch` when to draw.

import { call } from "./server.js";

/** @typedef {import("./views").Listed} Listed */
/** @typedef {import("./views").Turn} Turn */
/** @typedef {import("./views").Cited} Cited */
/** @typedef {import("./views").Span} Span */

export const state = {
  /** All documents. @type {Listed[]} */
  documents: [],
  /** The names of all collections, the first one's first; none if there is no choice. @type {string[]} */
  collections: [],
  /** The ids of documents that are not asked. @type {Set<string>} */
  unasked: new Set(),
  /** In which they are listed: "added", "title" or "date". */
  order: "added",
  /** The server's name for this conversation. @type {string} */
  chat: crypto.randomUUID(),
  /** Its questions with their answers, oldest first. @type {Turn[]} */
  turns: [],
  /** The question that is being answered; "" if none is. */
  pending: "",
  /** What the source pane shows: a document, and a place in it with the turn that cites it, if any.
   * @type {{ document: string, cited: Span | Cited | null, turn: Turn | null } | null} */
  opened: null,
  /** The places of the words that were looked for. @type {import("./views").Found[]} */
  found: [],
  /** Whether documents that have pages are shown as text, too. */
  asText: false,
  /** Fulfilled once it is known what is asked: the documents, and what the conversation has said. @type {Promise<unknown>} */
  known: Promise.resolve(),
  /** What the page is doing, or has just done, in words. */
  status: "",
};

/** @typedef {keyof typeof state} Part */

/** @type {{ parts: Part[], draw: () => void }[]} */
const watchers = [];

/**
 * Changes parts of the state, then draws what depends on them.
 * @param {Partial<typeof state>} changed
 */
export function change(changed) {
  Object.assign(state, changed);
  for (const { parts, draw } of watchers) if (parts.some((each) => each in changed)) draw();
}

/**
 * Calls `draw` whenever one of `parts` is changed.
 * @param {Part[]} parts
 * @param {() => void} draw
 */
export function watch(parts, draw) {
  watchers.push({ parts, draw });
}

/** The ids of the documents to ask; null means all. */
export function asked() {
  const some = state.documents.map((each) => each.id).filter((id) => !state.unasked.has(id));
  return some.length < state.documents.length ? some : null;
}

/** Fetches the list of documents anew. */
export async function refresh() {
  change({ documents: await call("documents", {}) });
}
