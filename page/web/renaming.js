// Naming a thing anew, in the place of its name.

import { make } from "./elements.js";

/**
 * Puts a box in the place of a name until another one is typed, or the reader does not want to.
 * @param {HTMLElement} name
 * @param {string} label what the box is for
 * @param {(typed: string) => Promise<unknown>} rename called if another name is typed
 * @param {() => HTMLElement | null} find returns the element with the name, which `rename` may have drawn anew
 */
export function edit(name, label, rename, find) {
  const before = name.textContent ?? "";
  const box = make("input", { type: "text", class: "name", value: before, maxlength: "300", "aria-label": label, dir: "auto" });
  let isOver = false;
  const end = async (/** @type {string} */ typed) => {
    if (isOver) return;
    isOver = true; // the box that goes away loses the focus, which ends it again
    box.replaceWith(name);
    if (typed.trim() && typed !== before) await rename(typed);
  };
  box.addEventListener("keydown", async (event) => {
    event.stopPropagation();
    if (event.isComposing || (event.key !== "Enter" && event.key !== "Escape")) return;
    await end(event.key === "Enter" ? box.value : before);
    find()?.focus();
  });
  box.addEventListener("blur", () => end(box.value));
  name.replaceWith(box);
  box.focus();
  box.select();
}
