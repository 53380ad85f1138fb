// Adding a text that is pasted or typed, under a title of the reader's own.

import { addText } from "./adding.js";
import { part } from "./elements.js";

const dialog = /** @type {HTMLDialogElement} */ (part(".paste")), form = /** @type {HTMLFormElement} */ (part(".paste form"));
const title = /** @type {HTMLInputElement} */ (part(".paste input")), text = /** @type {HTMLTextAreaElement} */ (part(".paste textarea"));

part("[data-paste]").addEventListener("click", () => dialog.showModal());
part(".paste [data-cancel]").addEventListener("click", () => dialog.close());
form.addEventListener("submit", () => {
  addText(title.value.trim(), text.value);
  form.reset();
});
