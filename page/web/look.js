// How the page looks: light or dark, and the size of what is read. It is kept in this browser.

import { page, part } from "./elements.js";

const KEPT = "cited-look";

/** Sizes of what is read, as multiples of the usual one. @type {Record<string, number>} */
const SIZES = { small: 0.9, usual: 1, large: 1.2, largest: 1.45 };

const form = /** @type {HTMLFormElement} */ (part(".settings form"));

const look = { colours: "system", size: "usual", ...kept() };

for (const box of form.querySelectorAll("[name=colours], [name=size]")) {
  if (!(box instanceof HTMLInputElement)) continue;
  const name = box.name === "size" ? "size" : "colours";
  box.checked = look[name] === box.value;
  box.addEventListener("change", () => {
    look[name] = box.value;
    keep();
    draw();
  });
}
draw();

function draw() {
  document.documentElement.style.colorScheme = look.colours === "system" ? "" : look.colours;
  page.style.setProperty("--text", `${SIZES[look.size] ?? 1}`);
}

function kept() {
  try {
    return JSON.parse(localStorage.getItem(KEPT) ?? "{}");
  } catch {
    return {}; // the browser keeps nothing, or another version wrote it
  }
}

function keep() {
  try {
    localStorage.setItem(KEPT, JSON.stringify(look));
  } catch {
    // the browser keeps nothing
  }
}
