// Draws the page's three parts from JSON. All text goes in as text nodes; nothing is ever parsed as HTML.

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

function showConversation(element, props, watch, trigger) {
  const passage = (hit, number, turn) => {
    const button = make("button", { type: "button", class: "passage-button" },
      make("span", { class: "number" }, String(number + 1)),
      make("span", { class: "snippet", dir: "auto" }, hit.text),
      make("span", { class: "place" }, `${hit.place} · ${hit.score}`));
    button.addEventListener("click", () => {
      element.querySelectorAll("[aria-current]").forEach((other) => other.removeAttribute("aria-current"));
      button.setAttribute("aria-current", "true");
      trigger("open", { turn, passage: number });
    });
    return make("li", {}, button);
  };
  const answer = (turn, index) => make("article", { class: "turn" },
    make("p", { class: "question", dir: "auto" }, turn.question),
    ...(turn.answer
      ? [make("p", { class: "answer", dir: "auto" }, turn.answer), make("p", { class: "confidence" }, turn.confidence)]
      : [make("p", { class: "answer not-stated" }, "Not stated."), make("p", { class: "confidence" },
        turn.passages.length ? "Related, not an answer:" : "There are no documents yet: add some first.")]),
    make("ol", { class: "passages", "aria-label": "Passages read" },
      ...turn.passages.map((hit, number) => passage(hit, number, index))));
  const pending = (question, status) => make("article", { class: "turn" },
    make("p", { class: "question", dir: "auto" }, question),
    make("p", { class: "status" }, status));
  const welcome = (examples) => {
    const example = (question) => {
      const button = make("button", { type: "button", class: "example" }, question);
      button.addEventListener("click", () => trigger("example", { question }));
      return button;
    };
    return make("div", { class: "welcome" },
      make("p", {}, "Every answer is a piece of the source, shown where it stands. Try:"),
      ...examples.map(example));
  };
  const draw = () => {
    const { turns, pending: question, status, error, examples } = props.value;
    const log = element.querySelector("[role=log]");
    log.replaceChildren(...turns.map(answer));
    if (!turns.length && !question) log.append(welcome(examples));
    if (question) log.append(pending(question, status));
    if (error) log.append(make("p", { class: "error", role: "alert" }, error));
    if (turns.length && !question && !error) {
      log.lastElementChild.querySelector(".passage-button")?.setAttribute("aria-current", "true");
    }
    // The newest question at the top of the pane, so that its answer is read from its beginning.
    if (log.lastElementChild) log.scrollTop = log.lastElementChild.offsetTop - log.offsetTop;
  };
  watch("value", draw);
  draw();
}

function showSource(element, props, watch) {
  const draw = () => {
    const { title, place, pieces, follow } = props.value;
    const marked = (piece) => {
      if (!piece.passage && !piece.answer) return document.createTextNode(piece.text);
      const kinds = ["passage", "answer"].filter((kind) => piece[kind]).join(" ");
      return make("mark", { class: kinds }, piece.text);
    };
    const text = make("div", { class: "text", dir: "auto", tabindex: "0", "aria-label": title }, ...pieces.map(marked));
    const heading = make("header", {}, make("h2", {}, title), make("span", { class: "place" }, place ?? ""));
    element.querySelector("section").replaceChildren(heading, text);
    const target = text.querySelector("mark.passage");
    if (!target) return;
    text.scrollTop = target.offsetTop - text.offsetTop - text.clientHeight / 4;
    // On a phone the source lies below the conversation: only a click on a passage takes the reader there.
    if (follow) element.scrollIntoView({ block: "nearest" });
  };
  watch("value", draw);
  draw();
}

function showNotices(element, props, watch) {
  const notice = ({ text, failed }) => make("li", { class: failed ? "failed" : "done" }, text);
  const draw = () => element.querySelector("ul").replaceChildren(...props.value.map(notice));
  watch("value", draw);
  draw();
}
