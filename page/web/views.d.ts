// What the server sends: the views of `page/view.py`, and the functions of `page/functions.py`.
// Offsets count UTF-16 code units.

export interface Span {
  start: number;
  end: number;
}

/** A quote at its place. `from` and `to` say how far down its document it stands, from 0 to 1; `isRecognised`, whether it
 * was recognised in a picture (OCR). */
export interface Place extends Span {
  document: string;
  title: string;
  place: string;
  from: number;
  to: number;
  quote: string;
  isRecognised: boolean;
}

/** A quote that proves something, and the span of the text shown around it. */
export interface Citation extends Place {
  date: string;
  sentence: string;
  around: Span;
  check: "stands" | "differs" | "removed";
}

/** A passage that was found. `relevance` is a probability. */
export interface Passage extends Place {
  relevance: number;
}

/** Words that were looked for, with what stands before and after them. */
export interface Found extends Place {
  before: string;
  after: string;
}

export type Cited = Citation | Passage;

/** One answer, and the documents that agree on it: `citations` are indices of the turn's citations. */
export interface Claim {
  text: string;
  count: string;
  citations: number[];
}

export interface Turn {
  id: string;
  question: string;
  /** `typed`: the question that is asked as it was typed, if a word of it was corrected. */
  understood: { label: string; text: string; typed: { label: string; question: string } | null } | null;
  answer: string;
  /** What a whole document is answered with, such as names; "" if the answer is a part of one. */
  form: string;
  heading: string;
  /** Whether nothing was asked, as in "thanks". */
  talk: boolean;
  confidence: string;
  sentence: { before: string; answer: string; after: string } | null;
  citations: Citation[];
  speaker: { text: string; citation: number | null } | null;
  claims: Claim[];
  passages: Passage[];
  /** Indices of the citations that are the members of a list. */
  items: number[];
  missing: string[];
  verdict: string;
  related: string;
  note: string;
  text: string;
  markdown: string;
  /** What was answered, if a document that it cites is no longer there; the rest is then empty. */
  lost: string;
}

export interface DocumentView {
  id: string;
  title: string;
  about: string;
  /** The day that it states, in ISO 8601; "" if it states none. */
  date: string;
  /** Whether it is the article that Cited ships with. */
  isSample: boolean;
  /** Whether it is known where its words are on pages. */
  hasBoxes: boolean;
}

/** A document of the list. `isFixed` is whether the visitor may neither rename nor remove it. */
export interface Listed extends DocumentView {
  isFixed: boolean;
}

/** The left, bottom, right and top edges of a rectangle, in points from the lower left corner of its page. */
export type Edges = [number, number, number, number];

/** Words that look alike. `style` holds the names of their styles; what has that of markup is not shown. */
export interface Run {
  text: string;
  style: string;
}

/** A heading, a paragraph, a list item, or a part of one. */
export interface Line {
  kind: "heading" | "paragraph" | "list item" | "table row";
  role: string;
  runs: Run[];
}

/** A cell. `column` is an index of the table's columns; `between` is the text between this cell and the next one. */
export interface Cell {
  runs: Run[];
  between: string;
  column: number;
  columns: number;
  rows: number;
  kind: "data" | "column header" | "row header";
}

export interface Row {
  /** Its number in the table, from 0. */
  number: number;
  before: string;
  cells: Cell[];
}

/** A table, or a part of a long one; both have the same `number`. `columns` are the numbers of those that have cells. */
export interface Table {
  kind: "table";
  number: number;
  isSheet: boolean;
  columns: number[];
  rows: Row[];
}

/** A document's text in blocks, each with the page or section that begins with it. */
export interface Source extends DocumentView {
  blocks: { label: string; form: "" | "slide" | "notes"; parts: (Line | Table)[] }[];
}

/** A conversation that was kept. A text is in pieces, each with whether it is a word that was looked for. */
export interface Chat {
  chat: string;
  title: [string, boolean][];
  /** When it was last asked something, in ISO 8601. */
  at: string;
  questions: number;
  /** The ids of the documents that it cites. */
  documents: string[];
  /** What stands around the words that were looked for and are not in the title. */
  found: [string, boolean][];
  /** The turn in which they stand; "" if none were looked for. */
  turn: string;
}

/** What of the page is kept between two visits. `address` is the part of its address after `#`. */
export interface Kept {
  unasked: string[];
  address: string;
  /** In which the documents are listed. */
  order: string;
}

/** Shares of questions, half of which have no answer, that get an answer, and a right one, at each limit in percent; and
 * the seconds of an answer, which compare with those of the other reader alone. */
export interface Measured {
  questions: number;
  seconds: number;
  answered: number[];
  right: number[];
}

/** A reader, the least confidence that is usual with it, from 0 to 1, and what was measured of it, if anything was. */
export interface Reader {
  name: string;
  usual: number;
  measured: Measured | null;
}

/** How questions are answered. `confidence`, from 0 to 1, is null if it is the usual one. If whoever started Cited has
 * named the reader, that is the only one of `readers`. */
export interface Settings {
  confidence: number | null;
  reader: "large" | "small";
  isNamed: boolean;
  readers: Reader[];
}

export interface Functions {
  ready(given: {}): boolean;
  suffixes(given: {}): string[];
  /** The first one's name is the first; none if there is no choice. */
  collections(given: {}): string[];
  make_collection(given: { name: string }): string;
  rename_collection(given: { name: string; other: string }): string;
  delete_collection(given: { name: string }): null;
  /** With `replaces`, the copy takes the place of another version. `name` is what a new collection was called. */
  copy_to(given: { document: string; name: string; is_new: boolean; replaces: boolean }): { name: string; outcome: "added" | "replaced" | "there" };
  documents(given: {}): Listed[];
  source(given: { document: string }): Source;
  /** The width and height of each page, in points. */
  open_pages(given: { document: string }): [number, number][];
  words(given: { document: string; page: number }): [string, Edges][];
  /** `span` is the index of a span, which is in UTF-16 code units. */
  rectangles(given: { document: string; spans: number[][] }): { page: number; edges: Edges; span: number }[];
  find(given: { words: string; documents: string[] | null }): { places: Found[]; hasMore: boolean };
  /** With `title`, that is what its document is called; with `ocr`, the text of scanned pages is recognised. */
  add(given: { path: string; name: string; title: string; ocr: boolean }): { outcome: string; document: string; hasScans: boolean };
  /** The name of a copy of a document's file. It is read again like a file that was uploaded. */
  copy_file(given: { document: string }): string;
  /** The name of the server's copy, as of a file that was uploaded. */
  fetch(given: { address: string }): string;
  /** Whether addresses of the web are read. */
  fetches(given: {}): boolean;
  /** Whether the text of scanned pages can be recognised. */
  recognises(given: {}): boolean;
  /** `step` is "" after the end. `share` of it is done, 0 if that is not known. */
  progress(given: { path: string }): { step: "" | "waiting" | "reading" | "indexing"; share: number };
  /** Whether it was still waiting; for any other it may be too late. */
  cancel(given: { path: string }): boolean;
  rename(given: { document: string; title: string }): Listed;
  remove(given: { document: string }): null;
  answer(given: { chat: string; shown: number; question: string; documents: string[] | null }): Turn;
  turns(given: { chat: string }): Turn[];
  suggestions(given: { documents: string[] | null }): string[];
  /** Without turns, all. */
  card(given: { chat: string; turns: string[] }): { name: string; content: string };
  save(given: { chat: string; form: string }): { content: string };
  chats_kept(given: { words: string }): Chat[];
  name_chat(given: { chat: string; title: string }): null;
  forget(given: { chat: string }): null;
  keep(given: Kept): null;
  kept(given: {}): Kept;
  arrive(given: {}): null;
  leave(given: {}): null;
  settings(given: {}): Settings;
  /** The least confidence at which an answer is given, from 0 to 1; null is the reader's usual one. */
  require(given: { confidence: number | null }): null;
  choose_reader(given: { reader: Settings["reader"] }): null;
  rate(given: { chat: string; turn: string; useful: boolean }): null;
}
