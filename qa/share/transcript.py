"""Answers and conversations as text, Markdown or JSON."""

import json
import re
from collections.abc import Callable, Sequence

from qa.answer import Answer, Citation, Form
from qa.share import wording

_FORMAT = 1
"""Version of what `conversation_json` returns."""

_MARKUP = re.compile(
    r"^\d{1,9}[.)]|^[+:-]"  # lists
    r"|[\\`*_{}\[\]~|$^#]"
    r"|([=+-])(?=\1)"  # highlights, insertions, dashes
    r"|:(?=//|[\w+-]+:)|(?<=\bwww)\.",  # bare addresses, names of emoji
    re.IGNORECASE,
)
"""Matches whatever CommonMark and its usual extensions could take for markup in a line, except `&`, `<` and `>`. The
last character of a match must be escaped."""


def plain_text(answer: Answer) -> str:
    """Return the answer, its sentence and its place; or that the documents do not answer."""
    return _told(answer, str, "“{}”\n— {}")


def markdown(answer: Answer) -> str:
    """Return the same as Markdown; text from documents is escaped, so that it shows as it is."""
    return _told(answer, escaped, "> {}\n>\n> — {}")


def conversation_markdown(answers: Sequence[Answer]) -> str:
    """Return a conversation as Markdown: each question in order, followed by the `markdown` of its answer."""
    turns = [f"## {escaped(answer.question)}\n\n{_understood(answer)}{markdown(answer)}" for answer in answers]
    return "\n".join(["# Questions and answers\n", *turns])


def conversation_json(answers: Sequence[Answer]) -> str:
    """Return a conversation as JSON: a `format`, and in `answers` the `Answer.to_dict` of each answer in order."""
    told = {"format": _FORMAT, "answers": [answer.to_dict() for answer in answers]}
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def escaped(text: str) -> str:
    r"""Return `text` as Markdown that shows exactly this text, with each run of white space as one space.

    >>> print(escaped("1. <b>*Not*</b>\n${bold}"))
    1\. &lt;b&gt;\*Not\*&lt;/b&gt; \$\{bold\}
    """
    line = _MARKUP.sub(lambda found: f"{found[0][:-1]}\\{found[0][-1]}", " ".join(text.split()))
    return line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _told(answer: Answer, shown: Callable[[str], str], quoting: str) -> str:
    """Return the text of an answer; `shown` formats text from documents, `quoting` is the template for quotes."""

    def quoted(cited: Citation) -> str:
        date = cited.date.isoformat() if cited.date else ""
        named = [cited.document.title, cited.place, date, cited.document.source]
        return quoting.format(shown(cited.quote), shown(", ".join(filter(None, named))))

    if answer.form is Form.TALK:
        return f"{answer.note}\n"
    if answer.evidence:
        heading = f"{wording.HEADINGS[answer.form]}:\n\n" if wording.HEADINGS[answer.form] else ""
        stance = f"{wording.STANCES[answer.stance]}.\n\n" if answer.stance in wording.STANCES else ""
        items = "".join(f"- {shown(item.quote)}\n" for item in answer.items)
        said = f"{heading}{items or shown(answer.text)}\n\n{stance}{_said_by(answer, shown)}"
        return f"{said}{quoted(answer.evidence.sentence)}\n{_others(answer, shown)}"
    if answer.citations and answer.form in (Form.FIGURES, Form.PARTS):
        note = f"{shown(answer.note)}\n\n" if answer.note else ""
        return f"{wording.HEADINGS[answer.form]}:\n\n{note}" + "\n\n".join(map(quoted, answer.citations)) + "\n"
    if answer.citations:
        return "\n\n".join(map(quoted, answer.citations)) + "\n"
    verdict = wording.not_stated([shown(word) for word in answer.missing])
    return f"{verdict} {wording.RELATED}:\n\n{quoted(answer.nearest)}\n" if answer.nearest else f"{verdict}\n"


def _others(answer: Answer, shown: Callable[[str], str]) -> str:
    """Return what other documents say, if documents differ."""
    if len(answer.claims) < 2:
        return ""
    lines = []
    for claim in answer.claims:
        titles = ", ".join(dict.fromkeys(each.answer.document.title for each in claim.evidence))
        lines.append(f"{wording.sources_of(claim)}: {shown(claim.text)} ({shown(titles)})\n")
    return "\n" + "\n".join(lines)


def _said_by(answer: Answer, shown: Callable[[str], str]) -> str:
    """Return who makes the statement, unless it is the document itself."""
    if not answer.attribution or not answer.attribution.reported:
        return ""
    speaker = answer.attribution.speaker
    return f"{wording.SAID_BY} {shown(speaker.quote)}.\n\n" if speaker else f"{wording.SAID_BY_SOMEBODY}.\n\n"


def _understood(answer: Answer) -> str:
    """Return the interpretation of the question, if it differs from the question."""
    return f"{wording.UNDERSTOOD_AS}: {escaped(answer.understood)}\n\n" if answer.understood else ""
