// The collections: which is open, opening another, making one and deleting it. Where there is no choice, none is shown.

import { confirmed } from "./confirm.js";
import { make, part } from "./elements.js";
import { notice } from "./notices.js";
import { addressIn, call, collection } from "./server.js";
import { state } from "./state.js";
import { wording } from "./wording.js";

const chooser = /** @type {HTMLSelectElement} */ (part(".collection select"));
const dialog = /** @type {HTMLDialogElement} */ (part(".making")), form = /** @type {HTMLFormElement} */ (part(".making form"));
const typed = /** @type {HTMLInputElement} */ (part(".making input")), wrong = part(".making .wrong");

let first = ""; // the name of the collection that is there without being made

list();
chooser.addEventListener("change", () => open(chooser.value));
addEventListener("pageshow", ({ persisted }) => persisted && list()); // a browser that goes back to a page keeps the choice
part("[data-make]").addEventListener("click", () => {
  wrong.textContent = "";
  form.reset();
  dialog.showModal();
});
part(".making [data-cancel]").addEventListener("click", () => dialog.close());
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  try {
    open(await call("make_collection", { name: typed.value }));
  } catch (error) {
    wrong.textContent = error.message;
  }
});
part("[data-delete]").addEventListener("click", async () => {
  const means = wording.deleteCollectionMeans(state.documents.length);
  if (!(await confirmed(wording.deleteCollection(collection), means, wording.delete))) return;
  try {
    await call("delete_collection", { name: collection });
    open(first);
  } catch (error) {
    notice(error.message, "failed");
  }
});

async function list() {
  const names = await call("collections", {}).catch(() => /** @type {string[]} */ ([])); // then there is no choice
  first = names[0] ?? "";
  chooser.replaceChildren(...names.map((name) => make("option", {}, name)));
  chooser.value = collection || first; // none, if the address names one that is not there
  part(".collection").hidden = !names.length;
  part("[data-delete]").hidden = !collection || collection === first || !names.includes(collection);
}

/** @param {string} name */
function open(name) {
  location.assign(addressIn("/", name === first ? "" : name));
}
