// Draws a question with its answer.

import { chip, opener } from "./citations.js";
import { ask } from "./conversation.js";
import { button, make } from "./elements.js";
import { drawActions } from "./keeping.js";
import { wording } from "./wording.js";

/** @typedef {import("./views").Citation} Citation */
/** @typedef {import("./views").Passage} Passage */
/** @typedef {import("./views").Turn} Turn */

/**
 * @param {Turn} turn
 * @param {boolean} hasDocuments whether there is any document to ask
 */
export function drawTurn(turn, hasDocuments) {
  const drawn = make("article", { class: turn.answer ? "turn" : "turn not-stated", "data-turn": turn.id },
    make("p", { class: "question", dir: "auto" }, turn.question));
  if (turn.lost) {
    drawn.append(make("blockquote", { dir: "auto" }, turn.lost), make("strong", { class: "differs" }, wording.unproven.removed));
    return drawn;
  }
  if (turn.understood) {
    const { label, text, typed } = turn.understood;
    drawn.append(make("p", { class: "understood" }, `${label}: `, make("q", { dir: "auto" }, text),
      ...(typed ? [" ", button(typed.label, "plain", () => ask(typed.question))] : [])));
  }
  if (turn.note) drawn.append(make("p", { class: "note" }, turn.note));
  if (!turn.talk) drawn.append(...(turn.answer ? drawAnswer(turn) : drawNotStated(turn, hasDocuments)));
  if (turn.passages.length) drawn.append(drawPassages(turn));
  if (!turn.talk) drawn.append(drawActions(turn));
  return drawn;
}

/** @param {Turn} turn */
function drawAnswer(turn) {
  if (!turn.sentence) {
    return [make("p", { class: "label" }, turn.form), make("ul", { class: "several" }, ...turn.citations.map((cited, index) =>
      make("li", { dir: "auto" }, cited.quote, " ", chip(turn, index), ...(cited.check === "stands" ? [] : [drawCheck(cited)]))))];
  }
  const { before, answer, after } = turn.sentence;
  const isWhole = !before && !after && !answer.includes("\n"); // the sentence would say the same once more
  const items = turn.items.map((index) => make("li", { dir: "auto" }, turn.citations[index].quote, " ", chip(turn, index)));
  return [
    ...(turn.heading ? [make("p", { class: "label" }, turn.heading)] : []),
    items.length ? make("ul", { class: "answer" }, ...items)
      : make("p", { class: "answer", dir: "auto" }, turn.answer, " ", chip(turn, 0)),
    ...(isWhole && !items.length ? [] : [make("blockquote", { dir: "auto" }, before, make("mark", {}, answer), after)]),
    make("cite", { dir: "auto" }, wording.at(turn.citations[0].title, turn.citations[0].place)),
    make("p", { class: "proof" }, drawCheck(turn.citations[0]), make("span", { class: "confidence" }, turn.confidence)),
    ...drawSpeaker(turn),
    ...drawClaims(turn),
  ];
}

/** @param {Citation} cited */
function drawCheck({ check, isRecognised }) {
  if (check !== "stands") return make("strong", { class: "differs", role: "alert" }, wording.unproven[check]);
  return make("span", { class: "stands" }, make("span", { "aria-hidden": "true" }, "✓ "), wording.compared(isRecognised));
}

/** @param {Turn} turn */
function drawSpeaker(turn) {
  if (!turn.speaker) return [];
  const { text, citation } = turn.speaker;
  if (citation === null) return [make("p", { class: "speaker" }, text)];
  return [make("p", { class: "speaker" }, `${text} `, make("b", { dir: "auto" }, turn.citations[citation].quote), " ", chip(turn, citation))];
}

/** @param {Turn} turn */
function drawClaims(turn) {
  if (!turn.claims.length) return [];
  const source = (/** @type {number} */ index) => {
    const { title, date } = turn.citations[index];
    return [chip(turn, index), make("span", { class: "place", dir: "auto" }, ` ${[title, date].filter(Boolean).join(", ")} `)];
  };
  return [make("dl", { class: "claims", "aria-label": wording.claims }, ...turn.claims.flatMap(({ count, text, citations }) => [
    make("dt", {}, `${count}: `, make("b", { dir: "auto" }, text)),
    make("dd", {}, ...citations.flatMap(source)),
  ]))];
}

/**
 * @param {Turn} turn
 * @param {boolean} hasDocuments
 */
function drawNotStated({ verdict, missing }, hasDocuments) {
  const parts = [make("p", { class: "verdict" }, hasDocuments ? verdict : wording.nothingToAsk)];
  if (missing.length) {
    const words = missing.flatMap((word, number) => [number ? ", " : "", make("b", { dir: "auto" }, word)]);
    parts.push(make("p", { class: "note" }, wording.missing, ...words, "."));
  }
  return parts;
}

/** @param {Turn} turn */
function drawPassages(turn) {
  const nearest = turn.answer ? [] : turn.passages.slice(0, 1), others = turn.passages.slice(nearest.length);
  const made = make("div", { class: "evidence" });
  if (nearest.length) made.append(make("p", { class: "label" }, turn.related), drawHits(turn, nearest));
  if (others.length) {
    const found = turn.answer ? wording.passagesFound(others.length) : wording.morePassages(others.length);
    made.append(make("details", {}, make("summary", {}, found), drawHits(turn, others)));
  }
  return made;
}

/**
 * @param {Turn} turn
 * @param {Passage[]} passages
 */
function drawHits(turn, passages) {
  return make("ol", { class: "passages" }, ...passages.map((hit) => {
    const meter = make("span", { class: "meter", "aria-hidden": "true" });
    meter.style.setProperty("--share", `${hit.relevance}`);
    const shown = opener(turn, hit, "hit");
    shown.append(make("span", { class: "snippet", dir: "auto" }, hit.quote),
      make("span", { class: "place" }, meter, `${wording.at(hit.title, hit.place)} · ${wording.percent(hit.relevance)}`));
    return make("li", {}, shown);
  }));
}
