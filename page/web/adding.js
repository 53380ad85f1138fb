// Adding files: chosen with the button, or dropped on the page.

import { button, make, page, part } from "./elements.js";
import { clearNotices, conclude, extend, notice, proceed, work } from "./notices.js";
import { Pace } from "./pace.js";
import { call, upload } from "./server.js";
import { claim, openDocument } from "./source.js";
import { change, refresh, state } from "./state.js";
import { wording } from "./wording.js";

/** Copies what is to be added to the server, and returns the name of the copy.
 * @typedef {(tell: (share: number) => void, signal: AbortSignal) => Promise<string>} Copy */

/** Something to add: how it is copied; what its document names as its source and as its title, "" for the one that is
 * read; what its notice calls it; whether its scans are read.
 * @typedef {{ copy: Copy, source: string, title: string, name: string, ocr: boolean, line: HTMLElement, signal: AbortSignal }} Job */

const MOST_BYTES = 100_000_000;
const LOOK = 500; // milliseconds between two looks at how far a file has come

const chooser = /** @type {HTMLInputElement} */ (part("input[type=file]"));

call("suffixes", {}).then((suffixes) => (chooser.accept = suffixes.join(","))).catch(() => {}); // then all are offered
part(".upload").addEventListener("click", () => chooser.click());
chooser.addEventListener("change", async () => {
  await addFiles([...(chooser.files ?? [])]);
  chooser.value = "";
});
page.addEventListener("dragover", (event) => {
  event.preventDefault();
  page.classList.add("dragging");
});
page.addEventListener("dragleave", (event) => {
  if (!page.contains(/** @type {Node | null} */ (event.relatedTarget))) page.classList.remove("dragging");
});
page.addEventListener("drop", (event) => {
  event.preventDefault();
  page.classList.remove("dragging");
  const files = [...(event.dataTransfer?.files ?? [])];
  if (files.length) addFiles(files);
});

/** @param {File[]} files */
async function addFiles(files) {
  clearNotices();
  await finishAll(files.map((file) => begin(copyOf(file), file.name)));
}

/**
 * Adds a text as a document of its own.
 * @param {string} title
 * @param {string} text
 */
export async function addText(title, text) {
  clearNotices();
  await finishAll([begin(copyOf(new File([text], "pasted.txt", { type: "text/plain" })), wording.pasted, title)]);
}

/**
 * Adds what stands at an address of the web.
 * @param {string} address
 */
export async function addAddress(address) {
  clearNotices();
  await finishAll([begin((_, signal) => call("fetch", { address }, signal), address)]);
}

/**
 * Reads the scans in the file of a document, or says what that needs.
 * @param {string} id the document's
 * @param {string} title
 */
export async function readScans(id, title) {
  if (!(await canRecognise())) return notice(wording.step(title, wording.noRecognition), "failed");
  await finishAll([begin((_, signal) => call("copy_file", { document: id }, signal), title, "", true)]);
}

/** @param {Job[]} jobs */
async function finishAll(jobs) {
  const isFirst = state.documents.every((each) => each.isSample), isWanted = claim();
  let newest = "";
  for (const job of jobs) newest = (await finish(job)) || newest;
  await refresh();
  if (newest && isFirst) leaveSample(newest);
  if (newest && isWanted()) await openDocument(newest, false); // else the reader has opened something, or an answer has, meanwhile
}

/** @param {File} file @returns {Copy} */
function copyOf(file) {
  return async (tell, signal) => {
    if (file.size > MOST_BYTES) throw Error(wording.tooLarge);
    return upload(file, tell, signal);
  };
}

/**
 * @param {Copy} copy
 * @param {string} source what its document names as its source
 * @param {string} title
 * @returns {Job}
 */
function begin(copy, source, title = "", ocr = false) {
  const end = new AbortController(), name = title || source;
  const line = work(name, wording.steps.waiting, () => end.abort());
  end.signal.addEventListener("abort", () => proceed(line, wording.step(name, wording.cancelling)));
  return { copy, source, title, name, ocr, line, signal: end.signal };
}

/**
 * Adds a file, says what has become of it, and returns its document; "" if there is none.
 * @param {Job} job
 */
async function finish(job) {
  const { name, line, signal, ocr } = job;
  try {
    const added = await add(job);
    conclude(line, wording.step(name, added.outcome), added.outcome.includes(";") ? "told" : "done");
    if (added.hasScans) await offerRecognition(job);
    return added.document;
  } catch (error) {
    const isScan = error.kind === "ScannedFile" && !ocr;
    if (signal.aborted) conclude(line, wording.step(name, wording.cancelled), "over");
    else if (isScan) conclude(line, wording.step(name, wording.scanned), "failed");
    else conclude(line, error.message.includes(name) ? error.message : wording.step(name, error.message), "failed");
    if (isScan && !signal.aborted) await offerRecognition(job);
    return "";
  }
}

/**
 * Offers to read the scans in a file, or says what that needs.
 * @param {Job} job
 */
async function offerRecognition({ copy, source, name, line }) {
  if (!(await canRecognise())) return extend(line, make("em", {}, wording.noRecognition));
  extend(line, button(wording.readScans, "plain", () => {
    const job = begin(copy, source, "", true);
    line.replaceWith(job.line);
    finishAll([job]);
  }, { "aria-label": wording.readScansOf(name) }));
}

function canRecognise() {
  return call("recognises", {}).catch(() => false);
}

/**
 * After the first files of the reader's own, asks the sample no more.
 * @param {string} newest
 */
function leaveSample(newest) {
  const samples = state.documents.filter((each) => each.isSample && each.id !== newest && !state.unasked.has(each.id));
  if (!samples.length) return;
  change({ unasked: new Set([...state.unasked, ...samples.map(({ id }) => id)]) });
  for (const { title } of samples) notice(wording.step(title, wording.sampleLeft), "done");
}

/**
 * Adds a file, and returns what has become of it. A file that is cancelled late may still be added.
 * @param {Job} job
 */
async function add({ copy, source, title, name, ocr, line, signal }) {
  signal.throwIfAborted();
  const show = shower(name, line, signal);
  show("copying", 0);
  const path = await copy((share) => show("copying", share), signal);
  const gone = new AbortController();
  const cancel = async () => {
    if (await call("cancel", { path })) gone.abort();
  };
  if (signal.aborted) await cancel();
  signal.addEventListener("abort", cancel);
  const looking = setInterval(async () => {
    const now = await call("progress", { path }).catch(() => null); // the next look may tell
    if (now?.step) show(ocr && now.step === "reading" ? "recognising" : now.step, now.share);
  }, LOOK);
  try {
    return await call("add", { path, name: source, title, ocr }, gone.signal);
  } finally {
    clearInterval(looking);
  }
}

/**
 * Returns a function that shows how far a file has come.
 * @param {string} name
 * @param {HTMLElement} line
 * @param {AbortSignal} signal
 */
function shower(name, line, signal) {
  const pace = new Pace();
  return (/** @type {keyof typeof wording.steps} */ step, /** @type {number} */ share) => {
    if (signal.aborted || !line.matches(".work")) return; // an answer that was late
    const known = step === "reading" || (step === "recognising" && !share) ? null : share;
    proceed(line, wording.step(name, wording.steps[step]), known, wording.left(pace.left(step, share)));
  };
}
