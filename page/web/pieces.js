// The pieces of a text that stand on the page, one behind the other, so that offsets in the text lead to them.

import { make } from "./elements.js";

/** A piece of the text, from `start` to `end`. @typedef {import("./marks.js").Block} Block */

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

  /** @param {string} text */
  shown(text) {
    return this.put(make("span"), text);
  }

  /** What is not shown, such as the tabs between cells, is on the page all the same. @param {string} text */
  hidden(text) {
    return text ? [this.put(make("span", { hidden: "" }), text)] : [];
  }
}
