// Draws the page and lets it be used. Runs inside a component of Gradio's, which gives `element` (what page.html says),
// `server` (the functions of app.py), `upload` and `props`. All text goes in as text nodes; none is ever parsed as HTML.

const part = (selector) => element.querySelector(selector);
const log = part(".log"), question = part(".asking textarea"), asking = part(".asking"), shelf = part(".shelf");
const text = part(".source .text"), strip = part(".strip"), check = part(".source .check"), state = part(".masthead .state");

const SAVED = { markdown: ["conversation.md", "text/markdown"], json: ["conversation.json", "application/json"] };

const UNPROVEN = {
  differs: "The source has changed: this quote is no longer in it.",
  removed: "Its document has been removed: this quote can no longer be compared.",
};

let asked = JSON.parse(sessionStorage.getItem("asked") ?? "[]");  // this conversation's questions, each with the documents asked
let chat = sessionStorage.getItem("chat") ?? begin();  // the server's name for this conversation
let shown = { id: null, blocks: [] };  // the source in the pane; each block has its element, its text and its offset
let restored = null;  // a promise that the conversation is shown again after a reload
let openings = 0;  // counts the sources opened, so that the last one stays, in whatever order the server answers

function begin() {
  const name = crypto.randomUUID();
  sessionStorage.setItem("chat", name);
  asked = [];
  sessionStorage.removeItem("asked");
  return name;
}

function make(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

function button(label, className, action, attributes = {}) {
  const made = make("button", { type: "button", class: className, ...attributes }, label);
  made.addEventListener("click", action);
  return made;
}

// Calls a function of app.py; throws an error whose message is a sentence to show.
async function call(name, argument = {}) {
  const result = await server[name](argument).catch(() => undefined);
  if (result === undefined) {  // Gradio gives undefined if nothing answers; a function that returns nothing gives null
    throw Error("Cited does not answer; see whether it is still running where you started it, then try again.");
  }
  if (result?.error) throw Object.assign(Error(result.error), { isForgotten: result.forgotten });
  return result;
}

// ---- Documents

async function drawDocuments() {
  const chosen = unchecked();
  const documents = await call("documents");
  shelf.replaceChildren(...documents.map((each) => documentItem(each, !chosen.has(each.id))));
  drawScope();
  return documents;
}

function documentItem({ id, title, about }, isChosen) {
  const box = make("input", { type: "checkbox", value: id, "aria-label": `Ask ${title}` });
  box.checked = isChosen;
  box.addEventListener("change", () => { drawScope(); suggestSoon(); });
  return make("li", {}, box,
    make("div", { class: "entry" },
      button(title, "title", () => open({ document: id }), { title: `Read ${title}`, dir: "auto" }),
      make("span", { class: "about" }, about)),
    button("Remove", "plain remove", () => remove(id, title), { "aria-label": `Remove ${title}` }));
}

function boxes() { return [...shelf.querySelectorAll("input")]; }

function unchecked() { return new Set(boxes().filter((box) => !box.checked).map((box) => box.value)); }

// The ids of the documents to ask; null means all.
function chosen() {
  return unchecked().size ? boxes().filter((box) => box.checked).map((box) => box.value) : null;
}

function drawScope() {
  const all = boxes().length, some = all - unchecked().size;
  part(".scope").textContent = !all ? "none yet" : some === all ? (all === 1 ? "1, asked" : `all ${all} are asked`) : `${some} of ${all} are asked`;
  part(".dropping").classList.toggle("wanted", !all);
}

async function remove(id, title) {
  const dialog = part("dialog");
  part("#confirm-title").textContent = `Remove “${title}”?`;
  dialog.returnValue = "no";
  dialog.showModal();
  await new Promise((resolve) => dialog.addEventListener("close", resolve, { once: true }));
  if (dialog.returnValue !== "yes") return;
  try {
    await call("remove", { document: id });
    notice(`${title}: removed`);
  } catch (error) {
    notice(`${title}: ${error.message}`, "failed");
  }
  const left = await drawDocuments();
  if (shown.id === id) left.length ? await open({ document: left.at(-1).id }) : drawSource(null);
  (part(".shelf .title") ?? part(".upload")).focus();  // the element that had the focus is gone
  await suggest();
}

async function addFiles(files) {
  part("details").open = true;
  part(".notices").querySelectorAll(".done, .failed").forEach((line) => line.remove());
  const waiting = [...files].map((file) => [file, notice(`${file.name}: waiting`)]);
  let newest = null;
  for (const [file, line] of waiting) {
    try {
      line.textContent = `${file.name}: copying`;
      const copy = await upload(file).catch(() => {
        throw Error("it could not be copied; files may have up to 100 MB");
      });
      line.textContent = `${file.name}: reading`;
      const added = await call("add", { path: copy.path, name: file.name });
      line.textContent = `${file.name}: ${added.outcome}`;
      line.className = "done";
      newest = added.document;
    } catch (error) {
      line.textContent = error.message.includes(file.name) ? error.message : `${file.name}: ${error.message}`;
      line.className = "failed";
    }
  }
  await drawDocuments();
  if (newest) await open({ document: newest });
  await suggest();
}

function notice(message, className = "waiting") {
  const line = make("li", { class: className }, message);
  part(".notices").append(line);
  return line;
}

// ---- Asking

// Returns whether the question was answered.
async function ask(typed, documents = chosen()) {
  if (asking.hasAttribute("aria-busy")) return false;
  const mine = chat;  // during the wait, a new conversation may be begun, or the next question typed
  setBusy(true);
  if (question.value === typed) fill("");
  part(".welcome")?.remove();
  part(".failure")?.remove();
  const pending = make("article", { class: "turn" },
    make("p", { class: "question", dir: "auto" }, typed),
    make("p", { class: "pending" }, state.textContent || "Reading"));
  log.append(pending);
  reveal(pending);
  try {
    await restored.catch(restore);
    const turn = await call("answer", { chat: mine, shown: turnsShown(), question: typed, documents });
    if (mine !== chat) return false;
    remember(typed, documents);
    const drawn = drawTurn(turn);
    pending.replaceWith(drawn);
    reveal(drawn);
    const first = turn.citations[0] ?? turn.passages[0];
    if (first) await open(first, drawn, false, drawn.querySelector(".number, .hit"));
    return true;
  } catch (error) {
    if (mine !== chat) return false;
    pending.replaceWith(error.isForgotten ? forgotten() : failure(error.message));
    if (!question.value) fill(typed);
    reveal(log.lastElementChild);
    drawDocuments().catch(() => {});  // a document that was asked may have been removed in another window
    return false;
  } finally {
    if (mine === chat) {
      setBusy(false);
      question.focus({ preventScroll: true });
    }
  }
}

function failure(message, ...more) { return make("div", { class: "failure", role: "alert" }, make("p", {}, message), ...more); }

// Keeps a question that was answered, before its answer is drawn. The first question of a new log replaces those of the
// conversation that the server has forgotten.
function remember(typed, documents) {
  asked = [...(turnsShown() ? asked : []), { typed, documents }];
  sessionStorage.setItem("asked", JSON.stringify(asked));
}

// Says that the server has forgotten the conversation, and offers to ask its questions again in a new one.
function forgotten() {
  const again = button("Ask its questions again", "example", () => {
    const before = asked;
    beginAnew();
    askAll(before);
  });
  return failure("Cited no longer remembers this conversation. Its questions can be asked again, of the documents as they are now.", again);
}

// Asks questions one after another. If one fails, offers to ask those after it.
async function askAll([first, ...others]) {
  const isAnswered = await ask(first.typed, first.documents);
  if (!others.length) return;
  if (isAnswered) askAll(others);
  else part(".failure")?.append(button("Ask those after it", "example", () => askAll(others)));
}

function fill(value) {
  question.value = value;
  grow();
}

function turnsShown() { return log.querySelectorAll(".turn .actions").length; }

function setBusy(busy) {
  asking.toggleAttribute("aria-busy", busy);
  part(".asking .primary").disabled = busy;
}

// Scrolls the newest question to the top of the pane, so that its answer can be read from its beginning.
function reveal(turn) {
  log.scrollTop = turn.offsetTop - log.offsetTop;
  if (!isWide()) turn.scrollIntoView({ block: "start" });
}

function isWide() { return matchMedia("(min-width: 801px)").matches; }

function drawTurn(turn) {
  const drawn = make("article", { class: turn.answer ? "turn" : "turn not-stated" });
  drawn.turn = turn;
  drawn.append(make("p", { class: "question", dir: "auto" }, turn.question));
  if (turn.understood) drawn.append(make("p", { class: "understood" }, "Understood as: ", make("q", { dir: "auto" }, turn.understood)));
  if (turn.note) drawn.append(make("p", { class: "note" }, turn.note));
  drawn.append(...(turn.answer ? drawAnswer(turn, drawn) : drawNotStated(turn)));
  if (turn.passages.length) drawn.append(drawPassages(turn, drawn));
  drawn.append(drawActions(turn));
  return drawn;
}

function drawAnswer(turn, drawn) {
  if (turn.form) {
    return [make("p", { class: "label" }, turn.form), make("ul", { class: "several" }, ...turn.citations.map((cited, number) =>
      make("li", { dir: "auto" }, cited.quote, " ", chip(cited, number + 1, drawn), ...(cited.check === "stands" ? [] : drawCheck(cited)))))];
  }
  const { before, answer, after } = turn.sentence;
  const parts = [
    make("p", { class: "answer", dir: "auto" }, turn.answer, " ", chip(turn.citations[0], 1, drawn)),
    make("blockquote", { dir: "auto" }, before, make("mark", {}, answer), after),
    make("p", { class: "proof" }, ...drawCheck(turn.citations[0]), make("span", { class: "confidence" }, turn.confidence)),
  ];
  if (turn.speaker) parts.push(drawSpeaker(turn, drawn));
  if (turn.claims.length) parts.push(drawClaims(turn, drawn));
  return parts;
}

function drawSpeaker({ speaker, citations }, drawn) {
  if (speaker.citation === null) return make("p", { class: "speaker" }, speaker.text);
  const cited = citations[speaker.citation];
  return make("p", { class: "speaker" }, `${speaker.text} `, make("b", { dir: "auto" }, cited.quote), " ", chip(cited, speaker.citation + 1, drawn));
}

function drawCheck({ check }) {
  if (check === "stands") return [make("span", { class: "stands" }, make("span", { "aria-hidden": "true" }, "✓ "), "compared with the source")];
  return [make("strong", { class: "differs", role: "alert" }, UNPROVEN[check])];
}

function drawClaims(turn, drawn) {
  return make("dl", { class: "claims", "aria-label": "What the documents say" }, ...turn.claims.flatMap((claim) => [
    make("dt", {}, claim.count, ": ", make("b", { dir: "auto" }, claim.text)),
    make("dd", {}, ...claim.citations.flatMap((number) => [chip(turn.citations[number], number + 1, drawn),
      make("span", { class: "place", dir: "auto" }, ` ${turn.citations[number].title}${turn.citations[number].date ? `, ${turn.citations[number].date}` : ""} `)])),
  ]));
}

function drawNotStated(turn) {
  const parts = [make("p", { class: "verdict" }, boxes().length ? "Not stated." : "There is nothing to ask yet: add a document.")];
  if (turn.missing.length) {
    parts.push(make("p", { class: "note" }, "The documents do not hold: ", ...turn.missing.flatMap((word, number) => [number ? ", " : "", make("b", { dir: "auto" }, word)]), "."));
  }
  return parts;
}

// A numbered citation: shows its quote while it has the pointer or the focus, and opens the source at the quote.
function chip(cited, number, drawn) {
  const quote = make("span", { class: "tip", role: "tooltip", dir: "auto" }, cited.quote, make("span", { class: "place" }, `${cited.title}, ${cited.place}`));
  const made = make("span", { class: "chip" });
  const opener = button(String(number), "number", () => open(cited, drawn, true, opener), { "aria-label": `Citation ${number}: ${cited.title}, ${cited.place}` });
  quote.id = `tip-${crypto.randomUUID()}`;
  opener.setAttribute("aria-describedby", quote.id);
  opener.addEventListener("keydown", (event) => { if (event.key === "Escape") made.classList.add("quiet"); });
  for (const event of ["blur", "pointerleave"]) opener.addEventListener(event, () => made.classList.remove("quiet"));
  made.append(opener, quote);
  return made;
}

function drawPassages(turn, drawn) {
  const item = (hit) => {
    const opener = button("", "hit", () => open(hit, drawn, true, opener));
    const meter = make("span", { class: "meter", "aria-hidden": "true" });
    meter.style.setProperty("--share", hit.relevance);
    opener.append(make("span", { class: "snippet", dir: "auto" }, hit.quote),
      make("span", { class: "place" }, meter, `${hit.title}, ${hit.place} · ${Math.round(100 * hit.relevance)}%`));
    return make("li", {}, opener);
  };
  const nearest = turn.answer ? [] : turn.passages.slice(0, 1), others = turn.passages.slice(nearest.length);
  const made = make("div", { class: "evidence" });
  if (nearest.length) made.append(make("p", { class: "label" }, "Related, not an answer"), make("ol", { class: "passages" }, ...nearest.map(item)));
  if (others.length) {
    made.append(make("details", {}, make("summary", {}, `${others.length} ${turn.answer ? (others.length === 1 ? "passage found" : "passages found") : "more"}`),
      make("ol", { class: "passages" }, ...others.map(item))));
  }
  return made;
}

function drawActions(turn) {
  const group = make("div", { class: "actions", role: "group", "aria-label": "Keep this answer" });
  const copy = (label, copied) => button(label, "plain", async (event) => {
    await navigator.clipboard.writeText(copied);
    confirmOn(event.target, "Copied");
  });
  const rate = (label, useful) => button(label, "plain", async (event) => {
    await attempt(event.target, () => call("rate", { chat, turn: turn.id, useful }), "Noted, on this machine");
  }, { "aria-label": useful ? "This answer was useful" : "This answer was not useful" });
  group.append(copy("Copy", turn.text), copy("Copy as Markdown", turn.markdown));
  if (turn.answer) {
    group.append(button("Evidence card", "plain", (event) => attempt(event.target, async () => {
      const card = await call("card", { chat, turn: turn.id });
      download(card.name, "text/html", card.content);
    }, "Saved")));
  }
  group.append(make("span", { class: "rating" }, rate("Useful", true), rate("Not useful", false)));
  return group;
}

async function attempt(pressed, action, done) {
  try {
    await action();
    confirmOn(pressed, done);
  } catch (error) {
    confirmOn(pressed, error.message);
  }
}

// Shows the result of pressing a button on the button itself, for a moment.
function confirmOn(pressed, message) {
  const label = pressed.dataset.label ?? pressed.textContent;
  pressed.dataset.label = label;
  pressed.textContent = message;
  state.textContent = message;
  clearTimeout(pressed.timer);
  pressed.timer = setTimeout(() => { pressed.textContent = label; state.textContent = ""; }, 2500);
}

function download(name, type, content) {
  const address = URL.createObjectURL(new Blob([content], { type }));
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

// ---- The source

// Opens a document, at a quote if `cited` names one. The strip shows all places that `drawn`, a turn, found in it.
async function open(cited, drawn = null, follow = true, opener = null) {
  const opening = ++openings;
  try {
    if (shown.id !== cited.document) {
      const source = await call("source", { document: cited.document });
      if (opening !== openings) return;
      drawSource(source);
    }
  } catch (error) {
    if (opening !== openings) return;
    drawSource(null);
    check.textContent = error.message;
    check.className = "check differs";
    return;
  }
  element.querySelectorAll("[aria-current]").forEach((other) => other.removeAttribute("aria-current"));
  const isFromStrip = strip.contains(document.activeElement);  // tested first, because the strip is drawn anew
  // On a phone the source is below the conversation, and only a click scrolls to it. It comes into view before its text
  // is scrolled, because a browser lays out only what is in view.
  if (follow && !isWide()) part(".source").scrollIntoView({ block: "start" });
  mark(cited, drawn?.turn);
  drawStrip(cited, drawn);
  opener?.setAttribute("aria-current", "true");
  if (follow && (opener || isFromStrip)) text.focus({ preventScroll: true });
}

function drawSource(source) {
  let start = 0;
  shown = { id: source?.id ?? null, blocks: [] };
  part(".source h2").textContent = source?.title ?? (boxes().length ? "" : "No documents yet");
  part(".source .origin").textContent = source?.about ?? "";
  text.setAttribute("aria-label", source?.title ?? "Nothing is open");
  text.replaceChildren(...(source?.blocks ?? []).map((block) => {
    const drawn = make("div", block.label ? { class: "block", "data-label": block.label } : { class: "block" }, block.text);
    shown.blocks.push({ drawn, text: block.text, start, end: start += block.text.length });
    return drawn;
  }));
  text.scrollTop = 0;
  check.textContent = "";
  strip.replaceChildren();
}

// Marks the cited passage, sentence and words, and compares the words with the quote.
function mark(cited, turn) {
  check.textContent = "";
  for (const { drawn, text: whole } of shown.blocks) {
    if (drawn.childElementCount) drawn.replaceChildren(whole);
  }
  if (cited.start === undefined) return;
  // A sentence has one citation marked in it; a passage has all of the turn's citations that are part of it.
  const quotes = cited.around ? [cited] : (turn?.citations ?? []).filter((each) => each.document === cited.document && within(each, cited));
  const spans = [{ ...(cited.around ?? cited), class: turn && !turn.answer ? "related" : "passage" }, ...quotes.map(({ start, end }) => ({ start, end, class: "answer" }))];
  for (const block of shown.blocks) markBlock(block, spans);
  const marked = [...text.querySelectorAll("mark")].filter((each) => within(each, cited));
  const agrees = marked.map((each) => each.textContent).join("") === cited.quote;
  check.textContent = agrees ? "✓ as it stands in the source" : "This is not what was quoted: the source has changed.";
  check.className = agrees ? "check stands" : "check differs";
  const target = marked[0];
  if (!target) return;
  bring(target);
}

// Scrolls the source to `target`, in several frames: blocks that have not been in view yet have an estimated height until
// a frame lays them out.
function bring(target, frames = 6) {
  if (!target.isConnected) return;
  text.scrollTop += target.getBoundingClientRect().top - text.getBoundingClientRect().top - text.clientHeight / 3;
  if (frames) requestAnimationFrame(() => bring(target, frames - 1));
}

function within(inner, { start, end }) { return inner.start >= start && inner.end <= end; }

function markBlock(block, spans) {
  const inside = spans.filter((span) => span.start < block.end && span.end > block.start);
  if (!inside.length) return;
  const ends = inside.flatMap((span) => [span.start, span.end]).map((at) => Math.min(Math.max(at, block.start), block.end));
  const cuts = [...new Set([block.start, ...ends, block.end])].sort((a, b) => a - b);
  block.drawn.replaceChildren(...cuts.slice(1).map((end, number) => {
    const start = cuts[number], piece = block.text.slice(start - block.start, end - block.start);
    const classes = inside.filter((span) => span.start <= start && span.end >= end).map((span) => span.class);
    return classes.length ? Object.assign(make("mark", { class: classes.join(" ") }, piece), { start, end }) : piece;
  }));
}

function drawStrip(cited, drawn) {
  const found = drawn ? [...drawn.turn.passages, ...drawn.turn.citations].filter((each) => each.document === shown.id) : [];
  strip.replaceChildren(...found.map((each) => {
    const isQuote = Boolean(each.around);
    const tick = button("", isQuote ? "tick quote" : "tick", () => open(each, drawn), {
      "aria-label": `${isQuote ? "Citation" : `Passage, ${Math.round(100 * each.relevance)}%`}, ${each.place}`,
      title: each.quote.length > 200 ? `${each.quote.slice(0, 200)}…` : each.quote,
    });
    tick.style.setProperty("--from", each.from);
    tick.style.setProperty("--length", each.to - each.from);
    tick.style.setProperty("--strength", each.relevance ?? 1);
    if (each.start === cited.start && each.end === cited.end) tick.setAttribute("aria-current", "true");
    return tick;
  }));
}

// ---- Beginning

// Suggestions take seconds, so they wait until the boxes of the documents are set.
const SETTLED = 600;
let settling = 0, suggesting = 0;

function suggestSoon() {
  clearTimeout(settling);
  settling = setTimeout(suggest, SETTLED);
}

async function suggest() {
  const mine = ++suggesting;
  const welcome = part(".welcome") ?? (log.childElementCount ? null : make("div", { class: "welcome" }));
  if (!welcome) return;
  if (!welcome.isConnected) log.append(welcome);
  welcome.replaceChildren(make("p", {}, "Every answer is a piece of the source, shown where it stands."));
  let suggested = [];
  try {
    suggested = await call("suggestions", { documents: chosen() });
  } catch { /* a page without suggestions is a page */ }
  if (mine !== suggesting || !welcome.isConnected || !suggested.length) return;
  welcome.replaceChildren(welcome.firstElementChild, make("p", {}, "Try:"),
    ...suggested.map((each) => button(each, "example", () => ask(each), { dir: "auto" })));
}

function restore() {
  const mine = chat;
  restored = call("turns", { chat }).then((turns) => {
    if (mine !== chat) return;
    const isForgotten = asked.length && !turns.length && !log.childElementCount;
    log.prepend(...(isForgotten ? [forgotten()] : turns.map(drawTurn)));
  });
  return restored;
}

function beginAnew() {
  chat = begin();
  openings++;
  setBusy(false);
  log.replaceChildren();
  drawStrip({}, null);
}

function grow() {
  question.style.height = "auto";
  question.style.height = `${Math.min(question.scrollHeight + 2, 160)}px`;
}

async function start() {
  state.textContent = "Getting ready";
  try {
    const [documents] = await Promise.all([drawDocuments(), restored]);
    if (!documents.length) drawSource(null);
    else if (!openings) await open({ document: documents.at(-1).id });
    await call("ready");
    state.textContent = "";
    await suggest();
  } catch (error) {
    log.append(failure(error.message));
    state.textContent = "";
  }
}

asking.addEventListener("submit", (event) => { event.preventDefault(); ask(question.value); });
question.addEventListener("input", grow);
question.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); ask(question.value); }
});
part(".upload").addEventListener("click", () => part("input[type=file]").click());
part("input[type=file]").addEventListener("change", async ({ target }) => { await addFiles(target.files); target.value = ""; });
element.addEventListener("dragover", (event) => { event.preventDefault(); element.classList.add("dragging"); });
element.addEventListener("dragleave", (event) => { if (!element.contains(event.relatedTarget)) element.classList.remove("dragging"); });
element.addEventListener("drop", (event) => {
  event.preventDefault();
  element.classList.remove("dragging");
  if (event.dataTransfer.files.length) addFiles(event.dataTransfer.files);
});
for (const pressed of element.querySelectorAll("[data-save]")) {
  pressed.addEventListener("click", () => attempt(pressed, async () => {
    const [name, type] = SAVED[pressed.dataset.save];
    download(name, type, (await call("save", { chat, shown: turnsShown(), form: pressed.dataset.save })).content);
  }, "Saved"));
}
part("[data-new]").addEventListener("click", () => {
  beginAnew();
  suggest();
  question.focus();
});
part("input[type=file]").accept = props.value.join(",");
part("details").open = isWide();
question.focus({ preventScroll: true });
restore();
start();
