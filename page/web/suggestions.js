// What an empty conversation shows: what to expect, and questions that the documents answer.

import { ask } from "./conversation.js";
import { button, make, part } from "./elements.js";
import { call } from "./server.js";
import { asked, state, watch } from "./state.js";
import { wording } from "./wording.js";

const MOST = 3; // suggestions
const SETTLED = 600; // milliseconds: suggestions take seconds, so they wait until the documents and their boxes are settled

let timer = 0, suggesting = 0;

watch(["documents", "unasked", "turns"], () => {
  clearTimeout(timer);
  if (!state.turns.length) timer = setTimeout(suggest, SETTLED);
});

async function suggest() {
  const mine = ++suggesting, log = part(".log");
  if (log.querySelector(":scope > :not(.welcome)")) return;
  const welcome = log.querySelector(".welcome") ?? make("div", { class: "welcome" });
  log.append(welcome);
  draw(welcome, wording.overviews);
  const questions = await call("suggestions", { documents: asked() }).catch(() => []); // then these two stay
  if (mine === suggesting && welcome.isConnected && questions.length) draw(welcome, [...questions, ...wording.overviews].slice(0, MOST));
}

/**
 * @param {Element} welcome
 * @param {string[]} questions
 */
function draw(welcome, questions) {
  welcome.replaceChildren(make("p", {}, wording.promise));
  if (!state.documents.length) return welcome.append(make("p", {}, wording.begin));
  welcome.append(make("p", {}, wording.tryThese), ...questions.map((each) => button(each, "example", () => ask(each), { dir: "auto" })));
}
