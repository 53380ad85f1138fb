// The strip at the edge of the source: where what a turn cites and found stands in the document.

import { button, part } from "./elements.js";
import { wording } from "./wording.js";

/** @typedef {import("./views").Cited} Cited */
/** @typedef {import("./views").Turn} Turn */

const LONGEST = 200;

/**
 * @param {Turn | null} turn
 * @param {import("./views").Span | null} cited the place that is open
 * @param {string} document the id of the document that is open
 * @param {(cited: Cited, turn: Turn) => unknown} open
 */
export function drawStrip(turn, cited, document, open) {
  const places = turn ? [...turn.passages, ...turn.citations].filter((each) => each.document === document) : [];
  part(".strip").replaceChildren(...places.map((each) => {
    const label = "relevance" in each ? wording.passageAt(each.relevance, each.place) : wording.quoteAt(each.place);
    const tick = button("", "around" in each ? "tick quote" : "tick", () => turn && open(each, turn), {
      "aria-label": label,
      title: each.quote.length > LONGEST ? `${each.quote.slice(0, LONGEST)}…` : each.quote,
    });
    tick.style.setProperty("--from", `${each.from}`);
    tick.style.setProperty("--length", `${each.to - each.from}`);
    tick.style.setProperty("--strength", `${"relevance" in each ? each.relevance : 1}`);
    if (each.start === cited?.start && each.end === cited.end) tick.setAttribute("aria-current", "true");
    return tick;
  }));
}
