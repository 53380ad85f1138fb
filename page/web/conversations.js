// Earlier conversations: listed, searched, opened again, renamed and deleted.

import { reopen } from "./address.js";
import { confirmed } from "./confirm.js";
import { begin } from "./conversation.js";
import { button, closeDrawer, make, openIfRoom, part } from "./elements.js";
import { item, menu } from "./menu.js";
import { notice } from "./notices.js";
import { edit } from "./renaming.js";
import { call } from "./server.js";
import { state, watch } from "./state.js";
import { minute, moment, second } from "./time.js";
import { wording } from "./wording.js";

/** @typedef {import("./views").Chat} Chat */

const SETTLED = 200; // milliseconds

const search = /** @type {HTMLInputElement} */ (part(".earlier input")), shelf = part(".earlier .shelf");

let timer = 0;

openIfRoom(".earlier details");
watch(["chat", "turns", "documents"], listSoon);
search.addEventListener("input", listSoon);

function listSoon() {
  clearTimeout(timer);
  timer = setTimeout(list, SETTLED);
}

async function list() {
  const words = search.value;
  const chats = await call("chats_kept", { words }).catch(() => []);
  if (words !== search.value || shelf.querySelector(".name")) return; // a box in which a title is typed stays
  part(".earlier").hidden = !chats.length && !words;
  const looks = chats.map((each) => titleOf(each) + minute(each.at));
  shelf.replaceChildren(...chats.map((each, number) =>
    drawChat(each, looks.indexOf(looks[number]) === looks.lastIndexOf(looks[number]) ? minute : second)));
  part(".earlier .none").hidden = chats.length > 0;
}

/**
 * @param {Chat} kept
 * @param {(at: string) => string} when says when it was last asked something, so that no other looks alike
 */
function drawChat(kept, when) {
  const { chat, at, questions, found, turn } = kept, title = titleOf(kept);
  const opener = button("", "title", () => {
    closeDrawer(opener);
    return reopen(chat, turn);
  }, { dir: "auto" });
  opener.append(...draw(kept.title));
  if (chat === state.chat) opener.setAttribute("aria-current", "true");
  const time = make("time", { datetime: at, title: moment(at) }, when(at));
  const find = () => /** @type {HTMLElement | null} */ (shelf.querySelector(`[data-chat="${chat}"] .title`));
  return make("li", { "data-chat": chat },
    make("div", { class: "entry" }, opener, ...(found.length ? [make("span", { class: "snippet", dir: "auto" }, ...draw(found))] : []),
      make("span", { class: "about" }, time, ` · ${wording.questions(questions)}${about(kept)}`)),
    ...menu(wording.more(title), () => [
      item(wording.rename, () => edit(opener, wording.newTitle(title), (typed) => rename(chat, typed), find), wording.renameNamed(title)),
      item(wording.delete, () => remove(chat, title), wording.deleteNamed(title))]));
}

/** The documents that a conversation cites, in words.
 * @param {Chat} kept */
function about({ documents }) {
  const [first, ...more] = documents, title = state.documents.find(({ id }) => id === first)?.title;
  if (more.length) return ` · ${wording.documents(documents.length)}`;
  return title ? ` · ${title}` : "";
}

/** @param {[string, boolean][]} runs */
function draw(runs) {
  return runs.map(([text, isFound]) => (isFound ? make("mark", {}, text) : text));
}

/** @param {Chat} kept */
function titleOf({ title }) {
  return title.map(([text]) => text).join("");
}

/**
 * @param {string} chat
 * @param {string} typed
 */
async function rename(chat, typed) {
  try {
    await call("name_chat", { chat, title: typed });
  } catch (error) {
    notice(error.message, "failed");
  }
  await list();
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
