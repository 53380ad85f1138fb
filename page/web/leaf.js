// One page of a document: its picture, the words over it, which can be selected, and what is marked.

import { readScans } from "./adding.js";
import { button, make } from "./elements.js";
import { addressIn, call } from "./server.js";
import { state } from "./state.js";
import { wording } from "./wording.js";

/** @typedef {import("./views").Edges} Edges */

const WIDEST = 4000; // pixels
const HEIGHT = 0.8; // font size of a word, as a share of the height of its box

const ruler = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));
ruler.font = "100px sans-serif";

/**
 * Puts the picture of a page on its leaf, sharp at the screen's density, and the words over it.
 * @param {HTMLElement} leaf
 * @param {string} id the document's
 */
export function fillLeaf(leaf, id) {
  const width = Math.min(WIDEST, Math.ceil(leaf.clientWidth * devicePixelRatio)), number = Number(leaf.dataset.number);
  const address = addressIn(`/picture/${id}/${number}/${width}`), shown = leaf.querySelector("img");
  if (width < 10 || shown?.getAttribute("src") === address) return;
  const picture = make("img", { src: address, alt: "" });
  picture.addEventListener("load", () => shown?.remove());
  picture.addEventListener("error", () => picture.replaceWith(make("p", { class: "blank" }, wording.noPicture)));
  leaf.prepend(picture);
  if (!leaf.querySelector(".words")) drawWords(leaf, id, number);
}

/**
 * Takes everything but the marks off a leaf.
 * @param {HTMLElement} leaf
 */
export function emptyLeaf(leaf) {
  for (const each of leaf.querySelectorAll("img, .words, .blank, .unread")) each.remove();
}

/**
 * Marks rectangles on a leaf, in place of all marks before.
 * @param {HTMLElement} leaf
 * @param {{ edges: Edges, class: string }[]} spots
 */
export function markLeaf(leaf, spots) {
  for (const each of leaf.querySelectorAll(".spot")) each.remove();
  leaf.append(...spots.map((spot) => place(make("div", { class: `spot ${spot.class}` }), spot.edges, leaf)));
}

/**
 * @param {HTMLElement} leaf
 * @param {string} id
 * @param {number} page
 */
async function drawWords(leaf, id, page) {
  const words = make("div", { class: "words" });
  leaf.append(words);
  const found = await call("words", { document: id, page }).catch(() => null);
  if (!found) return; // then none can be selected
  if (!found.length && leaf.isConnected) leaf.append(drawUnread(id));
  words.append(...found.map(([text, edges]) => {
    const word = place(make("span", { dir: "auto" }, text), edges, leaf);
    const [left, bottom, right, top] = edges, size = HEIGHT * (top - bottom);
    const length = (ruler.measureText(text.trimEnd()).width * size) / 100;
    word.style.setProperty("--size", `${size / width(leaf)}`);
    word.style.setProperty("--stretch", `${length ? (right - left) / length : 1}`);
    return word;
  }));
}

/**
 * Says that a page has no words, and offers to read them if it is a scan.
 * @param {string} id the document's
 */
function drawUnread(id) {
  const title = state.documents.find((each) => each.id === id)?.title ?? "";
  return make("p", { class: "unread" }, wording.unread, button(wording.readScans, "plain", () => readScans(id, title)));
}

/**
 * Puts an element at its place on a leaf, whatever size that has on the screen.
 * @template {HTMLElement} Made
 * @param {Made} made
 * @param {Edges} edges
 * @param {HTMLElement} leaf
 */
function place(made, [left, bottom, right, top], leaf) {
  const height = Number(leaf.style.getPropertyValue("--height"));
  made.style.left = `${(100 * left) / width(leaf)}%`;
  made.style.top = `${(100 * (height - top)) / height}%`;
  made.style.width = `${(100 * (right - left)) / width(leaf)}%`;
  made.style.height = `${(100 * (top - bottom)) / height}%`;
  return made;
}

/** @param {HTMLElement} leaf */
function width(leaf) {
  return Number(leaf.style.getPropertyValue("--width"));
}
