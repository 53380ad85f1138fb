// The list of documents: which there are, which are asked; reading and removing them.

import { confirmed } from "./confirm.js";
import { button, make, openIfRoom, part } from "./elements.js";
import { notice } from "./notices.js";
import { call } from "./server.js";
import { openDocument } from "./source.js";
import { asked, change, refresh, state, watch } from "./state.js";
import { wording } from "./wording.js";

/** @typedef {import("./views").DocumentView} DocumentView */

openIfRoom(".documents details");
watch(["documents", "unasked"], drawShelf);

function drawShelf() {
  for (const box of part(".documents").querySelectorAll("input")) box.checked = !state.unasked.has(box.value);
  const ids = state.documents.map(({ id }) => id).join();
  if (part(".documents .shelf").dataset.ids !== ids) {
    part(".documents .shelf").dataset.ids = ids;
    part(".documents .shelf").replaceChildren(...state.documents.map(drawEntry));
  }
  const all = state.documents.length;
  part(".scope").textContent = wording.scope(asked()?.length ?? all, all);
  part(".dropping").classList.toggle("wanted", !all);
}

/** @param {DocumentView} document */
function drawEntry({ id, title, about }) {
  const box = make("input", { type: "checkbox", value: id, "aria-label": wording.ask(title) });
  box.checked = !state.unasked.has(id);
  box.addEventListener("change", () => {
    const unasked = new Set(state.unasked);
    if (box.checked) unasked.delete(id);
    else unasked.add(id);
    change({ unasked });
  });
  return make("li", {}, box,
    make("div", { class: "entry" },
      button(title, "title", () => openDocument(id), { title: wording.read(title), dir: "auto" }),
      make("span", { class: "about" }, about)),
    button(wording.remove, "plain remove", () => remove(id, title), { "aria-label": wording.removeNamed(title) }));
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
