// The list of documents: which there are, which are asked; reading, renaming and removing them.

import { arranged, watchFilter } from "./arranging.js";
import { confirmed } from "./confirm.js";
import { renewTurns } from "./conversation.js";
import { button, make, openIfRoom, part } from "./elements.js";
import { notice } from "./notices.js";
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
  const name = button(title, "title", () => openDocument(id), { title: wording.read(title), dir: "auto" });
  const changes = isFixed ? [] : [
    button(wording.rename, "plain", () => edit(id, title, name), { "aria-label": wording.renameNamed(title) }),
    button(wording.remove, "plain", () => remove(id, title), { "aria-label": wording.removeNamed(title) })];
  return make("li", { "data-document": id }, box,
    make("div", { class: "entry" }, name, make("span", { class: "about" }, about)),
    make("div", { class: "changes" }, ...changes));
}

/**
 * Puts a box in the place of a title until another one is typed, or the reader does not want to.
 * @param {string} id
 * @param {string} title
 * @param {HTMLElement} name
 */
function edit(id, title, name) {
  const box = make("input", { type: "text", class: "name", value: title, maxlength: "300", "aria-label": wording.newTitle(title), dir: "auto" });
  let isOver = false;
  const end = async (/** @type {string} */ typed) => {
    if (isOver) return;
    isOver = true; // the box that goes away loses the focus, which ends it again
    box.replaceWith(name);
    if (typed.trim() && typed !== title) await rename(id, title, typed);
  };
  box.addEventListener("keydown", async (event) => {
    event.stopPropagation();
    if (event.key !== "Enter" && event.key !== "Escape") return;
    await end(event.key === "Enter" ? box.value : title);
    /** @type {HTMLElement | null} */ (shelf.querySelector(`[data-document="${id}"] .title`))?.focus();
  });
  box.addEventListener("blur", () => end(box.value));
  name.replaceWith(box);
  box.select();
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
  if (!(await confirmed(wording.removeQuestion(title), wording.removeMeans, wording.remove))) return;
  try {
    await call("remove", { document: id });
    notice(wording.removed(title), "done");
  } catch (error) {
    notice(wording.step(title, error.message), "failed");
  }
  await refresh();
  (part(".documents .title") ?? part(".upload")).focus(); // the element that had the focus is gone
}
