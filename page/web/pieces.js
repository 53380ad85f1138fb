// The pieces of a text that stand on the page, one behind the other, so that offsets in the text lead to them.

import { make } from "./elements.js";

/** A piece of the text, from `start` to `end`. @typedef {import("./marks.js").Block} Block */

/** @typedef {import("./views").Run} Run */

/** @param {string} style */
const isSign = (style) => style.split(" ").includes("markup");

/** The words of runs that are shown. @param {Run[]} runs */
export function seen(runs) {
  return runs.map(({ text, style }) => (isSign(style) ? "" : text)).join("");
}

export class Pieces {
  /** @type {Block[]} */
  all = [];

  #end = 0;

  /**
   * Makes the next piece of the text the content of `element`, and returns the element.
   * @template {HTMLElement} Given
   * @param {Given} element
   * @param {string} text
   */
  put(element, text) {
    element.textContent = text;
    if (text) this.all.push({ element, text, start: this.#end, end: (this.#end += text.length) });
    return element;
  }

  /**
   * Makes the next runs the content of `element`, each as it looks, and returns the element.
   * @template {HTMLElement} Given
   * @param {Given} element
   * @param {Run[]} runs
   */
  putAll(element, runs) {
    if (runs.length === 1 && !runs[0].style) return this.put(element, runs[0].text);
    element.append(...runs.flatMap(({ text, style }) => (isSign(style) ? this.hidden(text) : [this.#shown(text, style)])));
    return element;
  }

  /**
   * @param {string} text
   * @param {string} style
   */
  #shown(text, style) {
    return this.put(make("span", style ? { class: style } : {}), text);
  }

  /** What is not shown, such as the tabs between cells, is on the page all the same. @param {string} text */
  hidden(text) {
    return text ? [this.put(make("span", { hidden: "" }), text)] : [];
  }
}
