// How sure an answer must be: a slider, and what its place means. It is kept with the documents.

import { part } from "./elements.js";
import { call } from "./server.js";
import { wording } from "./wording.js";

const SETTLED = 300; // milliseconds

const slider = /** @type {HTMLInputElement} */ (part(".sure input"));

/** The usual limit, in percent. */
let usual = 0;
/** What each limit was measured to do. @type {import("./views").Measured | null} */
let measured = null;
let timer = 0;

part("[data-settings]").addEventListener("click", fetchLimit);
slider.addEventListener("input", () => {
  draw();
  keepSoon();
});
part("[data-usual]").addEventListener("click", () => {
  slider.value = `${usual}`;
  draw();
  keepSoon();
});

async function fetchLimit() {
  try {
    const found = await call("settings", {}), { confidence } = found;
    measured = found.measured;
    usual = percent(found.usual);
    slider.value = `${percent(confidence ?? found.usual)}`;
    slider.disabled = false;
    draw();
  } catch (error) {
    part("#sure-means").textContent = error.message;
  }
}

function draw() {
  const least = Number(slider.value);
  slider.setAttribute("aria-valuetext", `${least}%`);
  part(".sure output").textContent = `${least}%`;
  part("#sure-means").textContent = wording.sure(least, usual, measured);
  part("[data-usual]").hidden = least === usual;
}

function keepSoon() {
  clearTimeout(timer);
  timer = setTimeout(async () => {
    const least = Number(slider.value);
    await call("require", { confidence: least === usual ? null : least / 100 })
      .catch(({ message }) => (part("#sure-means").textContent = message));
  }, SETTLED);
}

/** @param {number} share */
function percent(share) {
  return Math.round(100 * share);
}
