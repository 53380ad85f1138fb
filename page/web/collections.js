// The collections: which is open, opening another, making, renaming and deleting one. Where there is no choice, none is
// shown.

import { confirmed } from "./confirm.js";
import { make, part } from "./elements.js";
import { item, menu } from "./menu.js";
import { notice } from "./notices.js";
import { addressIn, call, collection } from "./server.js";
import { change, state, watch } from "./state.js";
import { wording } from "./wording.js";

const chooser = /** @type {HTMLSelectElement} */ (part(".collection select"));
const dialog = /** @type {HTMLDialogElement} */ (part(".making")), form = /** @type {HTMLFormElement} */ (part(".making form"));
const typed = /** @type {HTMLInputElement} */ (part(".making input")), wrong = part(".making .wrong");

let accept = async (/** @type {string} */ name) => name; // what is done with the name that is typed; returns what it became

const [more, changes] = menu(wording.changeCollection, () => [
  item(wording.renameCollection, () => askName(wording.renameCollectionNamed(collection), wording.rename, collection,
    (other) => call("rename_collection", { name: collection, other }))),
  item(wording.deleteThisCollection, remove)]);

part(".collection").append(more, changes);
watch(["collections"], draw);
listCollections();
new MutationObserver(nameWindow).observe(document.head, { childList: true, subtree: true, characterData: true }); // Gradio's page has a title of its own
chooser.addEventListener("change", () => openCollection(chooser.value));
addEventListener("pageshow", ({ persisted }) => persisted && listCollections()); // a browser that goes back to a page keeps the choice
part("[data-make]").addEventListener("click", () =>
  askName(wording.newCollection, wording.make, "", (name) => call("make_collection", { name })));
part(".making [data-cancel]").addEventListener("click", () => dialog.close());
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  try {
    openCollection(await accept(typed.value));
  } catch (error) {
    wrong.textContent = error.message;
  }
});

/** Fetches the names of the collections anew. If that fails, those that are known stay. */
export async function listCollections() {
  change({ collections: await call("collections", {}).catch(() => state.collections) });
}

/** The name of the collection that is open. */
export function openedCollection() {
  return collection || (state.collections[0] ?? "");
}

/** @param {string} name */
export function openCollection(name) {
  location.assign(addressIn("/", name === state.collections[0] ? "" : name));
}

function draw() {
  const opened = openedCollection();
  chooser.replaceChildren(...state.collections.map((name) => make("option", {}, name)));
  chooser.value = opened; // none, if the address names one that is not there
  part(".collection").hidden = !state.collections.length;
  nameWindow();
  more.hidden = state.collections.indexOf(opened) < 1;
}

/** Names the open collection in the window's title, which tells windows and steps back apart. */
function nameWindow() {
  const title = wording.windowTitle(collection);
  if (document.title !== title) document.title = title;
}

/**
 * Asks for a collection's name until it is accepted, and opens that collection.
 * @param {string} title
 * @param {string} agree what the button says
 * @param {string} name the one to begin with
 * @param {typeof accept} use
 */
function askName(title, agree, name, use) {
  accept = use;
  wrong.textContent = "";
  part("#making-title").textContent = title;
  part(".making .primary").textContent = agree;
  typed.value = name;
  dialog.showModal();
  typed.select();
}

async function remove() {
  const means = wording.deleteCollectionMeans(state.documents.length);
  if (!(await confirmed(wording.deleteCollection(collection), means, wording.delete))) return;
  try {
    await call("delete_collection", { name: collection });
    openCollection(state.collections[0]);
  } catch (error) {
    notice(error.message, "failed");
  }
}
