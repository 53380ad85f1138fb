// Finding and making the page's elements. All text goes in as text nodes; nothing is parsed as HTML.

/** The outermost element of `page.html`, which the server puts into Gradio's page. */
export const page = /** @type {HTMLElement} */ (document.querySelector(".page"));

/**
 * Returns the one element that `selector` names.
 * @template {HTMLElement} [T=HTMLElement]
 * @param {string} selector
 * @returns {T}
 */
export function part(selector) {
  return /** @type {T} */ (page.querySelector(selector));
}

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string>} attributes
 * @param {...(string | Node)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function make(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/**
 * @param {string} label
 * @param {string} className
 * @param {(event: MouseEvent) => unknown} action
 * @param {Record<string, string>} attributes
 */
export function button(label, className, action, attributes = {}) {
  const made = make("button", { type: "button", class: className, ...attributes }, label);
  made.addEventListener("click", action);
  return made;
}

const room = matchMedia("(min-width: 1181px)");

/** Lets what `selector` names be open where it has room of its own; elsewhere it opens over the page.
 * @param {string} selector */
export function openIfRoom(selector) {
  const drawer = /** @type {HTMLDetailsElement} */ (part(selector));
  drawer.open = room.matches;
  room.addEventListener("change", () => (drawer.open = room.matches));
  page.addEventListener("pointerdown", ({ target }) => {
    if (!room.matches && !drawer.contains(/** @type {Node} */ (target))) drawer.open = false;
  });
  drawer.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || room.matches || !drawer.open) return;
    drawer.open = false;
    drawer.querySelector("summary")?.focus();
  });
}

/** Closes the drawer that an element is in, unless it has room of its own.
 * @param {HTMLElement} within */
export function closeDrawer(within) {
  const drawer = within.closest("details");
  if (drawer && !room.matches) drawer.open = false;
}

/** Whether the conversation and the source stand beside each other. */
export function isWide() {
  return matchMedia("(min-width: 801px)").matches;
}
