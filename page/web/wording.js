// Every phrase of the page that `page.html` does not hold. What is said about answers comes with them, from
// `qa/share/wording.py`.

export const wording = {
  // The server
  noAnswer: "Cited does not answer; see whether it is still running where you started it, then try again.",
  refused: (/** @type {number} */ status) => `Cited refused the request (${status}); load the page again.`,
  gettingReady: "Getting ready",

  // Documents
  ask: (/** @type {string} */ title) => `Ask ${title}`,
  read: (/** @type {string} */ title) => `Read ${title}`,
  rename: "Rename",
  renameNamed: (/** @type {string} */ title) => `Rename ${title}`,
  newTitle: (/** @type {string} */ title) => `New title of ${title}`,
  remove: "Remove",
  removeNamed: (/** @type {string} */ title) => `Remove ${title}`,
  removeQuestion: (/** @type {string} */ title) => `Remove “${title}”?`,
  removeMeans: (/** @type {boolean} */ hasOthers) =>
    `Cited forgets its text${hasOthers ? " in this collection; what was added to another stays there" : ""}. The file it was read from stays as it is.`,
  removed: (/** @type {string} */ title) => `${title}: removed`,
  scope: (/** @type {number} */ some, /** @type {number} */ all) => {
    if (!all) return "none yet";
    if (some < all) return `${some} of ${all} are asked`;
    if (all === 1) return "1, asked";
    return all === 2 ? "both are asked" : `all ${all} are asked`;
  },
  noDocuments: "No documents yet",
  nothingOpen: "Nothing is open",

  more: (/** @type {string} */ title) => `What can be done with ${title}`,
  documents: (/** @type {number} */ count) => (count === 1 ? "1 document" : `${count} documents`),

  // Collections
  newCollection: "New collection",
  make: "Make",
  changeCollection: "What can be done with this collection",
  renameCollection: "Rename the collection",
  renameCollectionNamed: (/** @type {string} */ name) => `Rename “${name}”`,
  windowTitle: (/** @type {string} */ name) => (name ? `${name} · Cited` : "Cited"),
  deleteThisCollection: "Delete the collection",
  deleteCollection: (/** @type {string} */ name) => `Delete the collection “${name}”?`,
  deleteCollectionMeans: (/** @type {number} */ count) => {
    const documents = count === 1 ? "its document" : `its ${count} documents`;
    return `Cited forgets ${count ? `${documents} and ` : ""}what was said about them. The files stay as they are.`;
  },

  // Copying documents to another collection
  copyTo: "Add to another collection…",
  copyNamed: (/** @type {string} */ title) => `Add ${title} to another collection`,
  copyMeans: (/** @type {string} */ title, /** @type {string} */ name) => `“${title}” stays in “${name}”, too.`,
  copyOthers: (/** @type {number} */ count) => (count === 1 ? "and the other one that is ticked" : `and the other ${count} that are ticked`),
  toNewCollection: "A new collection",
  became: {
    added: (/** @type {string} */ what, /** @type {string} */ name) => `${what} added to “${name}”`,
    replaced: (/** @type {string} */ what, /** @type {string} */ name) => `${what} added to “${name}” in place of another version`,
    there: (/** @type {string} */ what, /** @type {string} */ name) => `${what} already in “${name}”`,
    others: (/** @type {string} */ what, /** @type {string} */ name) => `${what} not added: “${name}” keeps its other version`,
  },
  open: "Open",
  openNamed: (/** @type {string} */ name) => `Open ${name}`,
  replaceVersions: (/** @type {string} */ what, /** @type {string} */ name) => `Replace ${what} in “${name}”?`,
  replaceMeans: (/** @type {string} */ name, /** @type {number} */ count) =>
    count === 1 ? `“${name}” has another version. Cited forgets that version there.` : `“${name}” has other versions. Cited forgets those versions there.`,
  replace: "Replace",

  // Adding files
  step: (/** @type {string} */ file, /** @type {string} */ step) => `${file}: ${step}`,
  dismiss: "Dismiss",
  steps: {
    waiting: "waiting",
    copying: "copying",
    reading: "reading",
    recognising: "recognising the text of its scans",
    indexing: "making it searchable",
  },
  left: (/** @type {number | null} */ seconds) => {
    if (seconds === null) return "";
    if (seconds < 5) return "a few seconds left";
    if (seconds < 90) return `about ${5 * Math.ceil(seconds / 5)} s left`;
    return `about ${Math.ceil(seconds / 60)} min left`;
  },
  cancel: "Cancel",
  cancelNamed: (/** @type {string} */ file) => `Cancel ${file}`,
  cancelling: "being cancelled",
  cancelled: "cancelled",
  scanned: "a scan; its text must be recognised to be read",
  readScans: "Read scans (OCR)",
  readScansOf: (/** @type {string} */ file) => `Read the scans in ${file} (OCR)`,
  noRecognition: "To have its scans read, install the program tesseract where Cited runs, and add the file again.",
  pasted: "pasted text",
  sampleLeft: "no longer asked; tick it to ask it too",
  tooLarge: "it has more than 100 MB; split it",

  // Earlier conversations
  yesterday: (/** @type {string} */ time) => `yesterday, ${time}`,
  questions: (/** @type {number} */ count) => (count === 1 ? "1 question" : `${count} questions`),
  delete: "Delete",
  deleteNamed: (/** @type {string} */ title) => `Delete the conversation “${title}”`,
  deleteQuestion: (/** @type {string} */ title) => `Delete the conversation “${title}”?`,
  deleteMeans: "Cited forgets its questions and answers. The documents stay.",

  // Asking
  pending: "Reading",
  nothingToAsk: "There is nothing to ask yet: add a document.",
  promise: "Every answer is a piece of the source, shown where it stands.",
  begin: "Add files or paste a text, then ask about them.",
  tryThese: "Try:",
  overviews: ["What is this about?", "Who is mentioned?"],

  // An answer
  missing: "The documents do not hold: ",
  compared: (/** @type {boolean} */ isRecognised) => `compared with the ${isRecognised ? "recognised text" : "source"}`,
  unproven: {
    differs: "The source has changed: this quote is no longer in it.",
    removed: "Its document has been removed: this quote can no longer be compared.",
  },
  claims: "What the documents say",
  citation: (/** @type {number} */ number, /** @type {string} */ title, /** @type {string} */ place) =>
    `Citation ${number}: ${title}, ${place}`,
  at: (/** @type {string} */ title, /** @type {string} */ place) => `${title}, ${place}`,
  percent: (/** @type {number} */ share) => `${Math.round(100 * share)}%`,
  passagesFound: (/** @type {number} */ count) => (count === 1 ? "1 passage found" : `${count} passages found`),
  morePassages: (/** @type {number} */ count) => `${count} more`,

  // Which reader looks for the answer
  readers: (/** @type {import("./views").Reader[]} */ [large, small]) => {
    if (!large.measured || !small.measured) return "";
    const most = outcome(large.measured, large.usual), fewer = outcome(small.measured, small.usual);
    const ratio = (large.measured.seconds / small.measured.seconds).toFixed(1);
    return `Of 100 questions in the test below, the large reader answered ${most.right} rightly and ${most.wrong} wrongly. The small one answered ${fewer.right} rightly and ${fewer.wrong} wrongly, ${ratio} times as fast.`;
  },
  readerNamed: (/** @type {string} */ name) =>
    `Whoever started Cited chose the reader “${name}” (CITED_READER). Where Cited is started without that, the reader is chosen here.`,

  // How sure an answer must be
  sure: (/** @type {number} */ least, /** @type {number} */ usual, /** @type {import("./views").Measured | null} */ measured) => {
    const compared = least === usual ? "This is the usual limit."
      : least > usual ? "More is refused than usual, and less of what is answered is wrong."
        : "More is answered than usual, and more of it is wrong.";
    if (!measured) return `Answers that are less sure are refused, as “Not stated”. ${compared}`;
    const { answered, right, wrong } = outcome(measured, least / 100);
    return `Of 100 questions in a test, half of them without an answer in the documents, Cited answered ${answered} at this limit: ${right} rightly and ${wrong} wrongly. It refused the other ${100 - answered}, as “Not stated”. ${compared}`;
  },

  // Keeping an answer
  keep: "Keep this answer",
  copy: "Copy",
  copyMarkdown: "Copy as Markdown",
  copied: "Copied",
  card: "Evidence card",
  onCard: "in the dossier",
  saved: "Saved",
  useful: "Useful",
  notUseful: "Not useful",
  wasUseful: "This answer was useful",
  wasNotUseful: "This answer was not useful",
  noted: "Noted, on this machine",

  // The source
  stands: (/** @type {boolean} */ isRecognised) => `✓ as it ${isRecognised ? "was recognised" : "stands"} in the source`,
  changed: "This is not what was quoted: the source has changed.",
  table: "Table",
  page: (/** @type {number} */ number) => `Page ${number}`,
  unread: "No words were read on this page.",
  noPicture: "This page cannot be shown; read its text.",
  found: (/** @type {number} */ count, /** @type {boolean} */ hasMore) =>
    count ? `${hasMore ? "the first " : ""}${count} found` : "not found",
  foundAt: (/** @type {number} */ number, /** @type {number} */ count) => `${number} of ${count}`,
  quoteAt: (/** @type {string} */ place) => `Citation, ${place}`,
  passageAt: (/** @type {number} */ relevance, /** @type {string} */ place) =>
    `Passage, ${Math.round(100 * relevance)}%, ${place}`,
};

/**
 * How many of 100 questions were answered, rightly and wrongly, at a limit of confidence from 0 to 1.
 * @param {import("./views").Measured} measured
 * @param {number} limit
 */
function outcome(measured, limit) {
  const [answered, right] = [measured.answered, measured.right].map((shares) => Math.round(100 * shares[Math.round(100 * limit)]));
  return { answered, right, wrong: answered - right };
}
