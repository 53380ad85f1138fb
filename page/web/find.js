// Finding exact words in all documents that are asked: where they stand, one place after the other.

import { button, make, part } from "./elements.js";
import { call } from "./server.js";
import { openSpan } from "./source.js";
import { asked, change, state, watch } from "./state.js";
import { wording } from "./wording.js";

/** @typedef {import("./views").Found} Found */

const TYPED = 200; // milliseconds after which what was typed is looked for

const panel = part(".find"), list = part(".find ol"), count = part(".find .count");
const box = /** @type {HTMLInputElement} */ (part(".find input"));

/** The number of the place that is open, from 0; -1 if none is. */
let current = -1;

let searches = 0; // counts what was looked for, so that the last stays, in whatever order the server answers
let timer = 0;

watch(["documents"], () => {
  if (state.found.length) look(); // where it was found may be called otherwise now, or be gone
});
part("[data-find]").addEventListener("click", openFind);
part(".find [data-next]").addEventListener("click", () => step(1));
part(".find [data-previous]").addEventListener("click", () => step(-1));
part(".find [data-close]").addEventListener("click", closeFind);
box.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(look, TYPED);
});
panel.addEventListener("keydown", (event) => {
  if (event.key === "Escape") closeFind();
  else if (event.key === "Enter" && event.target === box) step(event.shiftKey ? -1 : 1);
  else return;
  event.preventDefault();
  event.stopPropagation();
});

/** Shows the panel, with the focus in its box. */
export function openFind() {
  panel.hidden = false;
  box.focus();
  box.select();
  if (box.value && !state.found.length) look();
}

function closeFind() {
  panel.hidden = true;
  searches++;
  draw([], "");
  part("[data-find]").focus();
}

async function look() {
  const search = ++searches;
  try {
    const { places, hasMore } = box.value.trim() ? await call("find", { words: box.value, documents: asked() }) : { places: [], hasMore: false };
    if (search === searches) draw(places, box.value.trim() ? wording.found(places.length, hasMore) : "");
  } catch (error) {
    if (search === searches) draw([], error.message);
  }
}

/**
 * @param {Found[]} places
 * @param {string} message
 */
function draw(places, message) {
  current = -1;
  count.textContent = message;
  list.replaceChildren(...places.map((each, number) => {
    const made = button("", "hit", () => open(number));
    made.append(make("span", { class: "snippet", dir: "auto" }, each.before, make("mark", {}, each.quote), each.after),
      make("span", { class: "place" }, wording.at(each.title, each.place)));
    return make("li", {}, made);
  }));
  change({ found: places });
}

/** @param {1 | -1} by */
function step(by) {
  if (!state.found.length) look();
  else open((current < 0 ? (by > 0 ? 0 : -1) : current + by) + state.found.length);
}

/** @param {number} number */
async function open(number) {
  current = number % state.found.length;
  list.querySelector("[aria-current]")?.removeAttribute("aria-current");
  const opened = list.children[current].firstElementChild;
  opened?.setAttribute("aria-current", "true");
  opened?.scrollIntoView({ block: "nearest" });
  count.textContent = wording.foundAt(current + 1, state.found.length);
  const { document, start, end } = state.found[current];
  await openSpan(document, { start, end });
}
