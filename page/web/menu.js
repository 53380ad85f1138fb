// A button with a menu of what can be done with a thing.

import { button, make } from "./elements.js";

/**
 * Returns the button, and its menu, which is made anew whenever it opens.
 * @param {string} label
 * @param {() => HTMLElement[]} items
 */
export function menu(label, items) {
  const list = make("div", { class: "menu", role: "menu", popover: "", "aria-label": label });
  const opener = button("⋯", "plain more", () => {}, { "aria-label": label, "aria-haspopup": "menu", "aria-expanded": "false", title: label });
  const close = () => list.hidePopover();
  opener.popoverTargetElement = list;
  list.addEventListener("click", close, true); // before what was chosen is done, so that a dialog gives the focus back to the button
  list.addEventListener("beforetoggle", ({ newState }) => {
    if (newState !== "open") return;
    list.replaceChildren(...items());
    list.firstElementChild?.setAttribute("autofocus", "");
  });
  list.addEventListener("toggle", ({ newState }) => {
    const isOpen = newState === "open";
    opener.setAttribute("aria-expanded", `${isOpen}`);
    if (!isOpen) return removeEventListener("scroll", close, true);
    place(list, opener);
    addEventListener("scroll", close, { capture: true, once: true });
  });
  list.addEventListener("keydown", (event) => {
    event.stopPropagation();
    const all = [...list.children], at = all.indexOf(/** @type {Element} */ (document.activeElement));
    const to = { ArrowDown: at + 1, ArrowUp: at - 1 + all.length, Home: 0, End: all.length - 1 }[event.key];
    if (event.key === "Tab") close();
    if (to === undefined) return;
    event.preventDefault();
    /** @type {HTMLElement} */ (all[to % all.length]).focus();
  });
  return [opener, list];
}

/**
 * @param {string} label
 * @param {() => unknown} action
 */
export function item(label, action, name = label) {
  return button(label, "plain", action, { role: "menuitem", "aria-label": name });
}

/** Puts a menu below its button, or above it where there is no room.
 * @param {HTMLElement} list
 * @param {HTMLElement} opener */
function place(list, opener) {
  const { top, bottom, right } = opener.getBoundingClientRect();
  const isBelow = bottom + list.offsetHeight <= innerHeight;
  list.style.top = `${isBelow ? bottom : Math.max(0, top - list.offsetHeight)}px`;
  list.style.left = `${Math.max(8, right - list.offsetWidth)}px`;
}
