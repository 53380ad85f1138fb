// The tip of a citation: its sentence, shown while its button has the pointer or the focus. It covers no citation, and
// stays in the window. Escape hides it. Where there is no pointer that hovers, as on a phone, none is shown.

import { make, page, part } from "./elements.js";
import { wording } from "./wording.js";

/** @typedef {import("./views").Citation} Citation */
/** @typedef {{ left: number, top: number, right: number, bottom: number }} Box */

const GAP = 8; // pixels between the button, the tip and the window
const FAR = 100_000; // farther than any window is wide
const LINGER = 150; // milliseconds in which the pointer may move from the button into the tip

const tip = make("div", { class: "tip", id: "tip", role: "tooltip", dir: "auto", hidden: "" });
page.append(tip);

let timer = 0;

tip.addEventListener("pointerenter", () => clearTimeout(timer));
tip.addEventListener("pointerleave", hideSoon);
document.addEventListener("keydown", ({ key }) => key === "Escape" && hide());
document.addEventListener("scroll", hide, { capture: true, passive: true });

/**
 * Shows the sentence of `cited` while `button` has the pointer or the focus.
 * @param {HTMLElement} button
 * @param {Citation} cited
 */
export function showTip(button, cited) {
  const show = () => {
    clearTimeout(timer);
    draw(cited);
    tip.hidden = false;
    button.setAttribute("aria-describedby", "tip");
    put(button.getBoundingClientRect());
  };
  button.addEventListener("pointerenter", ({ pointerType }) => pointerType !== "touch" && show());
  button.addEventListener("focus", () => button.matches(":focus-visible") && show());
  button.addEventListener("pointerleave", hideSoon);
  button.addEventListener("blur", hide);
  button.addEventListener("click", hide);
}

/** @param {Citation} cited */
function draw({ sentence, quote, title, place }) {
  const at = sentence.indexOf(quote);
  const quoted = at < 0 ? [sentence] : [sentence.slice(0, at), make("mark", {}, quote), sentence.slice(at + quote.length)];
  tip.replaceChildren(make("span", {}, ...quoted), make("span", { class: "place" }, wording.at(title, place)));
}

// Of all places in the window, takes the nearest one to the button that covers the fewest citations.
/** @param {DOMRect} button */
function put(button) {
  const { width, height } = tip.getBoundingClientRect(), log = part(".log").getBoundingClientRect();
  const others = [...page.querySelectorAll(".number")].map((each) => each.getBoundingClientRect()).filter((each) => overlap(each, log));
  let best = { left: GAP, top: GAP }, least = Infinity;
  for (let top = GAP; top <= Math.max(GAP, innerHeight - GAP - height); top += GAP) {
    for (let left = GAP; left <= Math.max(GAP, innerWidth - GAP - width); left += GAP) {
      const box = { left, top, right: left + width, bottom: top + height };
      const cost = FAR * others.filter((other) => overlap(box, other)).length + distance(box, button);
      if (cost < least) [best, least] = [box, cost];
    }
  }
  tip.style.left = `${best.left}px`;
  tip.style.top = `${best.top}px`;
}

/**
 * How far a tip stands from its button: under it and beginning with it is nearest.
 * @param {Box} tip
 * @param {Box} button
 */
function distance(tip, button) {
  const below = tip.top - button.bottom, above = button.top - tip.bottom;
  return Math.abs(tip.left - button.left) / 4 + (below >= 0 ? below : above >= 0 ? above + GAP : 2 * (tip.right - tip.left));
}

/**
 * @param {Box} one
 * @param {Box} other
 */
function overlap(one, other) {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}

function hideSoon() {
  clearTimeout(timer);
  timer = setTimeout(hide, LINGER);
}

function hide() {
  clearTimeout(timer);
  tip.hidden = true;
}
