// Copying documents to another collection: one, or all that are ticked; to one that is there, or a new one.

import { listCollections, openCollection, openedCollection } from "./collections.js";
import { confirmed } from "./confirm.js";
import { button, make, part } from "./elements.js";
import { clearNotices, extend, notice } from "./notices.js";
import { call } from "./server.js";
import { state } from "./state.js";
import { wording } from "./wording.js";

/** A document to copy. @typedef {{ id: string, title: string }} Copied */

/** What became of documents. Of those in `others`, the collection has another version.
 * @typedef {{ added: Copied[], replaced: Copied[], there: Copied[], others: Copied[], failures: string[] }} Outcomes */

const KINDS = /** @type {const} */ (["added", "replaced", "there", "others"]);

const dialog = /** @type {HTMLDialogElement} */ (part(".copying")), form = /** @type {HTMLFormElement} */ (part(".copying form"));
const chooser = /** @type {HTMLSelectElement} */ (part(".copying select")), typed = /** @type {HTMLInputElement} */ (part(".copying [data-name]"));
const all = /** @type {HTMLInputElement} */ (part(".copying [type=checkbox]")), wrong = part(".copying .wrong");
const agree = /** @type {HTMLButtonElement} */ (part(".copying .primary"));

/** The document that is to be copied. @type {Copied[]} */
let one = [];

/** That and all others that are ticked, in the order in which they were added. @type {Copied[]} */
let ticked = [];

chooser.addEventListener("change", drawName);
part(".copying [data-cancel]").addEventListener("click", () => dialog.close());
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  agree.disabled = true; // a second click copies nothing again
  wrong.textContent = "";
  await copyAll(all.checked ? ticked : one, chooser.value || typed.value, !chooser.value);
  agree.disabled = false;
});

/**
 * Asks to which collection a document is to be copied.
 * @param {string} id
 * @param {string} title
 */
export async function offerCopy(id, title) {
  one = [{ id, title }];
  ticked = state.documents.filter((each) => !state.unasked.has(each.id));
  const others = ticked.some((each) => each.id === id) ? ticked.length - 1 : 0;
  form.reset();
  wrong.textContent = "";
  part(".copying [data-all]").hidden = !others;
  part(".copying [data-all] span").textContent = wording.copyOthers(others);
  part(".copying p").textContent = wording.copyMeans(title, openedCollection());
  await listCollections(); // another window may have changed which there are
  drawCollections();
  dialog.showModal();
}

function drawCollections() {
  const others = state.collections.filter((name) => name !== openedCollection());
  chooser.replaceChildren(...others.map((name) => make("option", {}, name)), make("option", { value: "" }, wording.toNewCollection));
  drawName();
}

function drawName() {
  typed.required = !chooser.value;
  /** @type {HTMLElement} */ (typed.parentElement).hidden = Boolean(chooser.value);
}

/**
 * Copies documents one after the other, each in a transaction of its own, and says what became of them. If nothing
 * could be copied, the dialog stays and says why.
 * @param {Copied[]} documents
 * @param {string} name
 * @param {boolean} isNew
 */
async function copyAll(documents, name, isNew) {
  /** @type {Outcomes} */
  const outcomes = { added: [], replaced: [], there: [], others: [], failures: [] };
  for (const each of documents) {
    name = await copy(each, name, isNew && !outcomes.added.length, false, outcomes);
  }
  const { added, there, others, failures } = outcomes;
  if (!added.length && !there.length && !others.length) {
    await listCollections();
    if (!isNew && !state.collections.includes(name)) drawCollections();
    wrong.textContent = failures[0];
    return;
  }
  if (dialog.open) dialog.close();
  if (others.length && (await confirmed(wording.replaceVersions(titles(others), name), wording.replaceMeans(name, others.length), wording.replace))) {
    for (const each of others.splice(0)) await copy(each, name, false, true, outcomes);
  }
  clearNotices();
  tell(outcomes, name);
  if (isNew) await listCollections();
}

/**
 * Copies a document, notes what became of it, and returns the name of the collection.
 * @param {Copied} document
 * @param {string} name
 * @param {boolean} isNew
 * @param {boolean} replaces
 * @param {Outcomes} outcomes
 */
async function copy(document, name, isNew, replaces, outcomes) {
  try {
    const copied = await call("copy_to", { document: document.id, name, is_new: isNew, replaces });
    outcomes[copied.outcome].push(document);
    return copied.name;
  } catch (error) {
    if (error.kind === "OtherVersion") outcomes.others.push(document);
    else outcomes.failures.push(error.message);
    return name;
  }
}

/**
 * @param {Outcomes} outcomes
 * @param {string} name
 */
function tell(outcomes, name) {
  const opener = () => button(wording.open, "plain", () => openCollection(name), { "aria-label": wording.openNamed(name) });
  const said = KINDS.flatMap((kind) => (outcomes[kind].length ? [wording.became[kind](titles(outcomes[kind]), name)] : []));
  const isDone = outcomes.added.length + outcomes.replaced.length > 0;
  if (said.length) extend(notice(said.join("; "), isDone ? "done" : "over"), opener());
  for (const each of new Set(outcomes.failures)) notice(each, "failed");
}

/** @param {Copied[]} documents */
function titles(documents) {
  return documents.length === 1 ? `“${documents[0].title}”` : wording.documents(documents.length);
}
