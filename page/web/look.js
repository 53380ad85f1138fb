// How the page looks: light or dark, and the size of what is read. It is kept in this browser.

import { page, part } from "./elements.js";

const KEPT = "cited-look";

/** Sizes of what is read, as multiples of the usual one. @type {Record<string, number>} */
const SIZES = { small: 0.9, usual: 1, large: 1.2, largest: 1.45 };

const systemIsDark = matchMedia("(prefers-color-scheme: dark)");
const form = /** @type {HTMLFormElement} */ (part(".settings form"));

const look = { colours: "system", size: "usual", ...kept() };

for (const box of form.querySelectorAll("input[type=radio]")) {
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
systemIsDark.addEventListener("change", draw);
new MutationObserver(draw).observe(document.body, { attributes: true, attributeFilter: ["class"] }); // Gradio sets it, too

function draw() {
  const isDark = look.colours === "system" ? systemIsDark.matches : look.colours === "dark";
  if (document.body.classList.contains("dark") !== isDark) document.body.classList.toggle("dark", isDark);
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
