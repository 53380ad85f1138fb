// Keeping what was said: copied, saved as a file, or rated.

import { button, make, page, part } from "./elements.js";
import { call } from "./server.js";
import { change, state } from "./state.js";
import { wording } from "./wording.js";

/** @typedef {import("./views").Turn} Turn */

const CONFIRMED = 2500; // milliseconds for which a button shows what pressing it has done

const FILES = { markdown: ["conversation.md", "text/markdown"], json: ["conversation.json", "application/json"] };

/** @type {Map<HTMLElement, { label: string, timer: number }>} */
const confirmed = new Map();

for (const pressed of page.querySelectorAll("[data-save]")) {
  if (!(pressed instanceof HTMLElement)) continue;
  const form = pressed.dataset.save === "json" ? "json" : "markdown", [name, type] = FILES[form];
  pressed.addEventListener("click", () => attempt(pressed, wording.saved, async () => {
    const { content } = await call("save", { chat: state.chat, form });
    download(name, type, content);
  }));
}

// The answers that are ticked go on one card; if none is, all of them do.
part("[data-dossier]").addEventListener("click", ({ currentTarget }) => {
  const ticked = [...page.querySelectorAll(".choice input")].filter((each) => each instanceof HTMLInputElement && each.checked);
  attempt(/** @type {HTMLElement} */ (currentTarget), wording.saved, async () => {
    const turns = ticked.map((each) => /** @type {HTMLInputElement} */ (each).value);
    const card = await call("card", { chat: state.chat, turns });
    download(card.name, "text/html", card.content);
  });
});

/**
 * Returns the buttons to keep or rate an answer.
 * @param {Turn} turn
 */
export function drawActions(turn) {
  const group = make("div", { class: "actions", role: "group", "aria-label": wording.keep },
    action(wording.copy, wording.copied, () => navigator.clipboard.writeText(turn.text)),
    action(wording.copyMarkdown, wording.copied, () => navigator.clipboard.writeText(turn.markdown)));
  if (turn.answer) {
    group.append(action(wording.card, wording.saved, async () => {
      const card = await call("card", { chat: state.chat, turns: [turn.id] });
      download(card.name, "text/html", card.content);
    }), make("label", { class: "choice" }, make("input", { type: "checkbox", value: turn.id }), wording.onCard));
  }
  const rate = (/** @type {boolean} */ useful) => () => call("rate", { chat: state.chat, turn: turn.id, useful });
  group.append(make("span", { class: "rating" },
    action(wording.useful, wording.noted, rate(true), wording.wasUseful),
    action(wording.notUseful, wording.noted, rate(false), wording.wasNotUseful)));
  return group;
}

/**
 * @param {string} label
 * @param {string} done what to say once it is done
 * @param {() => Promise<unknown>} act
 */
function action(label, done, act, name = label) {
  const made = button(label, "plain", () => attempt(made, done, act), name === label ? {} : { "aria-label": name });
  return made;
}

/**
 * @param {HTMLElement} pressed
 * @param {string} done
 * @param {() => Promise<unknown>} act
 */
async function attempt(pressed, done, act) {
  try {
    await act();
    confirmOn(pressed, done);
  } catch (error) {
    confirmOn(pressed, error.message);
  }
}

/**
 * Shows the result of pressing a button on the button itself, for a moment.
 * @param {HTMLElement} pressed
 * @param {string} message
 */
function confirmOn(pressed, message) {
  const { label, timer } = confirmed.get(pressed) ?? { label: pressed.textContent ?? "", timer: 0 };
  clearTimeout(timer);
  pressed.textContent = message;
  change({ status: message });
  confirmed.set(pressed, { label, timer: setTimeout(() => {
    confirmed.delete(pressed);
    pressed.textContent = label;
    change({ status: "" });
  }, CONFIRMED) });
}

/**
 * @param {string} name
 * @param {string} type
 * @param {string} content
 */
function download(name, type, content) {
  const address = URL.createObjectURL(new Blob([content], { type }));
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}
