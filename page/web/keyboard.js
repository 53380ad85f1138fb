// What keys do on the whole page. `?` lists them.

import { returnToAnswer, stepCitation } from "./citations.js";
import { lastQuestion } from "./conversation.js";
import { page, part } from "./elements.js";
import { openFind } from "./find.js";

const question = /** @type {HTMLTextAreaElement} */ (part(".asking textarea"));
const help = /** @type {HTMLDialogElement} */ (part(".help"));

/** @type {Record<string, () => void>} */
const KEYS = {
  "/": () => question.focus(),
  n: () => stepCitation(1),
  p: () => stepCitation(-1),
  f: openFind,
  "?": () => help.showModal(),
};

part("[data-settings]").addEventListener("click", () => /** @type {HTMLDialogElement} */ (part(".settings")).showModal());
part("[data-help]").addEventListener("click", () => help.showModal());
part("[data-back]").addEventListener("click", returnToAnswer);

document.addEventListener("keydown", (event) => {
  const { key, target } = event;
  if (event.ctrlKey || event.metaKey || event.altKey || page.querySelector("dialog[open]")) return;
  if (key === "Escape" && part(".source").contains(document.activeElement)) {
    if (!returnToAnswer()) question.focus();
  } else if (key in KEYS && !(target instanceof Element && target.matches("input, textarea"))) {
    event.preventDefault();
    KEYS[key]();
  }
});

// In the empty box, the arrow up recalls the last question.
question.addEventListener("keydown", (event) => {
  if (event.key !== "ArrowUp" || question.value) return;
  event.preventDefault();
  question.value = lastQuestion();
  question.dispatchEvent(new Event("input"));
});
