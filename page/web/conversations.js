// Earlier conversations: listed, searched, opened again and deleted.

import { reopen } from "./address.js";
import { confirmed } from "./confirm.js";
import { begin } from "./conversation.js";
import { button, make, openIfRoom, part } from "./elements.js";
import { call } from "./server.js";
import { state, watch } from "./state.js";
import { wording } from "./wording.js";

/** @typedef {import("./views").Chat} Chat */

const SETTLED = 200; // milliseconds

const search = /** @type {HTMLInputElement} */ (part(".earlier input"));

let timer = 0;

openIfRoom(".earlier details");
watch(["chat", "turns"], listSoon);
search.addEventListener("input", listSoon);

function listSoon() {
  clearTimeout(timer);
  timer = setTimeout(list, SETTLED);
}

async function list() {
  const words = search.value;
  const chats = await call("chats_kept", { words }).catch(() => []);
  if (words !== search.value) return;
  part(".earlier").hidden = !chats.length && !words;
  part(".earlier ul").replaceChildren(...chats.map(drawChat));
  part(".earlier .none").hidden = chats.length > 0;
}

/** @param {Chat} kept */
function drawChat({ chat, title, at, questions }) {
  const opener = button(title, "title", () => reopen(chat), { dir: "auto" });
  if (chat === state.chat) opener.setAttribute("aria-current", "true");
  const when = new Date(at).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });
  return make("li", {},
    make("div", { class: "entry" }, opener, make("span", { class: "about" }, `${when} · ${wording.questions(questions)}`)),
    button(wording.delete, "plain remove", () => remove(chat, title), { "aria-label": wording.deleteNamed(title) }));
}

/**
 * @param {string} chat
 * @param {string} title
 */
async function remove(chat, title) {
  if (!(await confirmed(wording.deleteQuestion(title), wording.deleteMeans, wording.delete))) return;
  await call("forget", { chat });
  if (chat === state.chat) begin();
  await list();
  search.focus();
}
