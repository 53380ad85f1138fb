// Adding a text that is pasted or typed, under a title of the reader's own; and what stands at an address of the web,
// where who started Cited allows that.

import { addAddress, addText } from "./adding.js";
import { part } from "./elements.js";
import { call } from "./server.js";

const dialog = /** @type {HTMLDialogElement} */ (part(".paste")), form = /** @type {HTMLFormElement} */ (part(".paste form"));
const title = /** @type {HTMLInputElement} */ (part(".paste input")), text = /** @type {HTMLTextAreaElement} */ (part(".paste textarea"));

part("[data-paste]").addEventListener("click", () => dialog.showModal());
part(".paste [data-cancel]").addEventListener("click", () => dialog.close());
form.addEventListener("submit", () => {
  addText(title.value.trim(), text.value);
  form.reset();
});

const naming = /** @type {HTMLDialogElement} */ (part(".naming")), named = /** @type {HTMLFormElement} */ (part(".naming form"));
const address = /** @type {HTMLInputElement} */ (part(".naming input"));

call("fetches", {}).then((does) => (part("[data-address]").hidden = !does)).catch(() => {}); // then it stays hidden
part("[data-address]").addEventListener("click", () => naming.showModal());
part(".naming [data-cancel]").addEventListener("click", () => naming.close());
named.addEventListener("submit", () => {
  addAddress(address.value.trim());
  named.reset();
});
