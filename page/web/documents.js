// The list of documents: which there are, which are asked; reading, renaming, copying and removing them.

import { arranged, watchFilter } from "./arranging.js";
import { confirmed } from "./confirm.js";
import { renewTurns } from "./conversation.js";
import { offerCopy } from "./copying.js";
import { button, closeDrawer, make, openIfRoom, part } from "./elements.js";
import { item, menu } from "./menu.js";
import { notice } from "./notices.js";
import { edit } from "./renaming.js";
import { call } from "./server.js";
import { openDocument } from "./source.js";
import { asked, change, refresh, state, watch } from "./state.js";
import { wording } from "./wording.js";

/** @typedef {import("./views").Listed} Listed */

const shelf = part(".documents .shelf");

let drawn = ""; // the documents that the list shows, in order, as JSON

openIfRoom(".documents details");
watch(["documents", "unasked", "order"], drawShelf);
watchFilter(drawShelf);

function drawShelf() {
  const shown = arranged(state.documents), now = JSON.stringify(shown);
  if (drawn !== now) shelf.replaceChildren(...shown.map(drawEntry));
  drawn = now;
  shelf.removeAttribute("aria-busy");
  for (const box of shelf.querySelectorAll("input")) box.checked = !state.unasked.has(box.value);
  const all = state.documents.length;
  part(".scope").textContent = wording.scope(asked()?.length ?? all, all);
  part(".dropping").classList.toggle("wanted", !all);
}

/** @param {Listed} document */
function drawEntry({ id, title, about, isFixed }) {
  const box = make("input", { type: "checkbox", value: id, "aria-label": wording.ask(title) });
  box.addEventListener("change", () => {
    const unasked = new Set(state.unasked);
    if (box.checked) unasked.delete(id);
    else unasked.add(id);
    change({ unasked });
  });
  const name = button(title, "title", () => {
    closeDrawer(name);
    return openDocument(id);
  }, { title: wording.read(title), dir: "auto" });
  const find = () => /** @type {HTMLElement | null} */ (shelf.querySelector(`[data-document="${id}"] .title`));
  const changes = () => [
    item(wording.rename, () => edit(name, wording.newTitle(title), (typed) => rename(id, title, typed), find), wording.renameNamed(title)),
    ...(state.collections.length ? [item(wording.copyTo, () => offerCopy(id, title), wording.copyNamed(title))] : []),
    item(wording.remove, () => remove(id, title), wording.removeNamed(title)),
  ];
  return make("li", { "data-document": id }, box,
    make("div", { class: "entry" }, name, make("span", { class: "about" }, about)),
    ...(isFixed ? [] : menu(wording.more(title), changes)));
}

/**
 * @param {string} id
 * @param {string} title
 * @param {string} typed
 */
async function rename(id, title, typed) {
  try {
    await call("rename", { document: id, title: typed });
    await Promise.all([refresh(), renewTurns()]);
  } catch (error) {
    notice(wording.step(title, error.message), "failed");
  }
}

/**
 * @param {string} id
 * @param {string} title
 */
async function remove(id, title) {
  if (!(await confirmed(wording.removeQuestion(title), wording.removeMeans(state.collections.length > 1), wording.remove))) return;
  try {
    await call("remove", { document: id });
    notice(wording.removed(title), "done");
  } catch (error) {
    notice(wording.step(title, error.message), "failed");
  }
  await refresh();
  (part(".documents .title") ?? part(".upload")).focus(); // the element that had the focus is gone
}
