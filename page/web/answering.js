// How questions are answered: which reader reads, and how sure an answer must be. It is kept with the documents.

import { page, part } from "./elements.js";
import { call } from "./server.js";
import { wording } from "./wording.js";

/** @typedef {import("./views").Reader} Reader */

const SETTLED = 300; // milliseconds

const slider = /** @type {HTMLInputElement} */ (part(".sure input"));
const choices = /** @type {NodeListOf<HTMLInputElement>} */ (page.querySelectorAll("[name=reader]"));

/** The readers that can be chosen. @type {Reader[]} */
let readers = [];
/** The one that reads. @type {Reader} */
let reader = { name: "", usual: 0, measured: null };
/** The least confidence, in percent; null if it is the reader's usual one. @type {number | null} */
let least = null;
let timer = 0;

part("[data-settings]").addEventListener("click", fetchSettings);
for (const choice of choices) choice.addEventListener("change", () => choose(choice.value === "small" ? "small" : "large"));
slider.addEventListener("input", () => require(Number(slider.value)));
part("[data-usual]").addEventListener("click", () => require(percent(reader.usual)));

async function fetchSettings() {
  try {
    const found = await call("settings", {});
    readers = found.readers;
    reader = readers.find(({ name }) => name === found.reader) ?? readers[0];
    least = found.confidence === null ? null : percent(found.confidence);
    slider.disabled = false;
    for (const choice of choices) choice.disabled = found.isNamed;
    part(".reader .choices").hidden = found.isNamed;
    part("#reader-means").textContent = found.isNamed ? wording.readerNamed(reader.name) : wording.readers(readers);
    draw();
  } catch (error) {
    part("#sure-means").textContent = error.message;
  }
}

function draw() {
  const usual = percent(reader.usual), now = least ?? usual;
  for (const choice of choices) choice.checked = choice.value === reader.name;
  slider.value = `${now}`;
  slider.setAttribute("aria-valuetext", `${now}%`);
  part(".sure output").textContent = `${now}%`;
  part("#sure-means").textContent = wording.sure(now, usual, reader.measured);
  part("[data-usual]").hidden = now === usual;
}

/** @param {"large" | "small"} name the reader's */
async function choose(name) {
  reader = readers.find((each) => each.name === name) ?? reader;
  draw();
  await call("choose_reader", { reader: name }).catch(({ message }) => (part("#reader-means").textContent = message));
}

/** @param {number} chosen the least confidence, in percent */
function require(chosen) {
  least = chosen === percent(reader.usual) ? null : chosen;
  draw();
  clearTimeout(timer);
  timer = setTimeout(async () => {
    await call("require", { confidence: least === null ? null : least / 100 })
      .catch(({ message }) => (part("#sure-means").textContent = message));
  }, SETTLED);
}

/** @param {number} share */
function percent(share) {
  return Math.round(100 * share);
}
