// Asks before something is done that cannot be undone.

import { part } from "./elements.js";

/**
 * Returns whether the reader agrees.
 * @param {string} question
 * @param {string} meaning what would happen
 * @param {string} agree what the button says that agrees
 */
export async function confirmed(question, meaning, agree) {
  const dialog = /** @type {HTMLDialogElement} */ (part(".confirm"));
  part("#confirm-title").textContent = question;
  part(".confirm p").textContent = meaning;
  part(".confirm .danger").textContent = agree;
  dialog.returnValue = "no";
  dialog.showModal();
  await new Promise((resolve) => dialog.addEventListener("close", resolve, { once: true }));
  return dialog.returnValue === "yes";
}
