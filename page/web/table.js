// A table, or a part of a long one, with its rows, columns and headers; a spreadsheet as a grid.

import { make } from "./elements.js";
import { seen } from "./pieces.js";
import { wording } from "./wording.js";

/** @typedef {import("./views").Row} Row */
/** @typedef {import("./views").Source} Source */
/** @typedef {import("./views").Table} Table */
/** @typedef {import("./pieces.js").Pieces} Pieces */

const NARROWEST = 6, WIDEST = 40; // characters that count for the width of a column
const MARGIN = 4; // characters that have room beside a cell's own
const LONG_WORD = /\S{25}/; // such as an address of the web, which may break

/**
 * The widths of the columns of sheets, and of tables in several parts, in characters: those of the longest cells, the
 * same in all parts. A browser finds the widths of other tables itself, so that no word breaks.
 * @param {Source["blocks"]} blocks
 */
export function columnWidths(blocks) {
  /** @type {Map<number, number[]>} */
  const widths = new Map();
  const tables = blocks.flatMap(({ parts }) => parts).filter((part) => part.kind === "table");
  /** @type {Map<number, number>} */
  const parts = new Map();
  for (const { number } of tables) parts.set(number, (parts.get(number) ?? 0) + 1);
  for (const part of tables) {
    if (!part.isSheet && parts.get(part.number) === 1) continue;
    const columns = widths.get(part.number) ?? part.columns.map(() => NARROWEST);
    for (const { column, columns: covers, runs } of part.rows.flatMap(({ cells }) => cells)) {
      if (covers === 1) columns[column] = Math.min(WIDEST, Math.max(columns[column], seen(runs).length + MARGIN));
    }
    widths.set(part.number, columns);
  }
  return widths;
}

/**
 * @param {Table} table
 * @param {number[]} widths of its columns; none if the browser finds them
 * @param {Pieces} pieces
 */
export function drawTable(table, widths, pieces) {
  const drawn = make("table", { class: table.isSheet ? "grid" : widths.length ? "parted" : "" }), sum = widths.reduce((one, other) => one + other, 0);
  drawn.style.setProperty("--characters", `${sum}`);
  if (table.isSheet) drawn.append(make("col", { class: "numbers" }));
  drawn.append(...widths.map((width) => make("col", { style: `width: ${(100 * width) / sum}%` })));
  if (table.isSheet) drawn.append(drawLetters(table.columns));
  /** Rows that the cells above go on to cover, by column. @type {number[]} */
  const covered = table.columns.map(() => 0);
  drawn.append(make("tbody", {}, ...table.rows.map((row) => drawRow(row, table, covered, pieces))));
  return make("div", { class: "table", role: "region", tabindex: "0", "aria-label": wording.table }, drawn);
}

/** @param {number[]} columns */
function drawLetters(columns) {
  return make("thead", { "aria-hidden": "true" },
    make("tr", {}, make("td"), ...columns.map((column) => make("td", {}, lettersOf(column)))));
}

/**
 * @param {Row} row
 * @param {Table} table
 * @param {number[]} covered
 * @param {Pieces} pieces
 */
function drawRow({ number, before, cells }, { columns, isSheet }, covered, pieces) {
  const drawn = make("tr");
  if (isSheet) drawn.append(make("td", { class: "number", "aria-hidden": "true" }, `${number + 1}`));
  for (let column = 0, next = 0; column < columns.length; ) {
    const cell = cells[next];
    if (cell?.column === column) {
      const element = make(cell.kind === "data" ? "td" : "th", attributesOf(cell));
      if (cell.runs.some(({ text }) => LONG_WORD.test(text))) element.classList.add("long");
      element.append(...(next === 0 ? pieces.hidden(before) : []), pieces.putAll(make("span"), cell.runs), ...pieces.hidden(cell.between));
      drawn.append(element);
      covered.fill(cell.rows - 1, column, column + cell.columns);
      column += cell.columns;
      next++;
    } else {
      if (covered[column]) covered[column]--;
      else drawn.append(make("td"));
      column++;
    }
  }
  return drawn;
}

/** @param {Row["cells"][number]} cell */
function attributesOf({ kind, rows, columns }) {
  return {
    ...(kind === "data" ? {} : { scope: kind === "column header" ? "col" : "row" }),
    ...(rows > 1 ? { rowspan: `${rows}` } : {}),
    ...(columns > 1 ? { colspan: `${columns}` } : {}),
  };
}

/**
 * The letters of a column of a spreadsheet; those of the first, 0, are A.
 * @param {number} index
 */
function lettersOf(index) {
  let letters = "";
  for (let left = index + 1; left; left = Math.floor((left - 1) / 26)) letters = String.fromCharCode(65 + ((left - 1) % 26)) + letters;
  return letters;
}
