// Adding files: chosen with the button, or dropped on the page.

import { page, part } from "./elements.js";
import { clearNotices, notice, tell } from "./notices.js";
import { call, upload } from "./server.js";
import { openDocument } from "./source.js";
import { change, refresh, state } from "./state.js";
import { wording } from "./wording.js";

const MOST_BYTES = 100_000_000;

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
  const waiting = files.map((file) => ({ file, line: notice(wording.step(file.name, wording.waiting)) }));
  const isFirst = state.documents.every((each) => each.isSample);
  let newest = "";
  for (const { file, line } of waiting) {
    try {
      const added = await add(file, (step) => tell(line, wording.step(file.name, step)));
      tell(line, wording.step(file.name, added.outcome), "done");
      newest = added.document;
    } catch (error) {
      const message = error.message.includes(file.name) ? error.message : wording.step(file.name, error.message);
      tell(line, message, "failed");
    }
  }
  await refresh();
  if (newest && isFirst) leaveSample(newest);
  if (newest) await openDocument(newest);
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
 * Adds a file, and returns what has become of it.
 * @param {File} file
 * @param {(step: string) => void} say
 */
async function add(file, say) {
  if (file.size > MOST_BYTES) throw Error(wording.tooLarge);
  say(wording.copying);
  const path = await upload(file);
  say(wording.reading);
  return call("add", { path, name: file.name });
}
