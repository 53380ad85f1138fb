"""Answers and conversations as text to paste and to keep: plain, Markdown, JSON."""

import json
import re
from collections.abc import Callable, Sequence

from qa.answer import Answer, Citation
from qa.share import wording

FORMAT = 1
"""The version of what `conversation_json` returns."""

_MARKUP = re.compile(
    r"^\d{1,9}[.)]|^[+:-]"  # lists
    r"|[\\`*_{}\[\]~|$^#]"
    r"|([=+-])(?=\1)"  # highlights, insertions, dashes
    r"|:(?=//|[\w+-]+:)|(?<=\bwww)\.",  # bare addresses, names of emoji
    re.IGNORECASE,
)
"""What CommonMark and its usual extensions take for markup in a line, but for `&`, `<` and `>`: the last character of a
match is to be escaped."""


def plain_text(answer: Answer) -> str:
    """Return the answer, the sentence that it stands in, and where that is; or that the documents do not say."""
    return _told(answer, str, "“{}”\n— {}")


def markdown(answer: Answer) -> str:
    """Return the same as Markdown, which shows what a document holds as it is, whatever that is."""
    return _told(answer, escaped, "> {}\n>\n> — {}")


def conversation_markdown(answers: Sequence[Answer]) -> str:
    """Return a conversation, in its order, as Markdown: each question, and under it what `markdown` says."""
    turns = [f"## {escaped(answer.question)}\n\n{_understood(answer)}{markdown(answer)}" for answer in answers]
    return "\n".join(["# Questions and answers\n", *turns])


def conversation_json(answers: Sequence[Answer]) -> str:
    """Return a conversation, in its order, as JSON: a `format`, and `answers` as `Answer.to_dict` gives them."""
    told = {"format": FORMAT, "answers": [answer.to_dict() for answer in answers]}
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def escaped(text: str) -> str:
    r"""Return `text` as Markdown that shows it and nothing else, all white space as single spaces.

    >>> print(escaped("1. <b>*Not*</b>\n${bold}"))
    1\. &lt;b&gt;\*Not\*&lt;/b&gt; \$\{bold\}
    """
    line = _MARKUP.sub(lambda found: f"{found[0][:-1]}\\{found[0][-1]}", " ".join(text.split()))
    return line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _told(answer: Answer, shown: Callable[[str], str], quoting: str) -> str:
    """Return what there is to say, a document's texts as `shown` gives them, and quotes by the template `quoting`."""

    def quoted(cited: Citation) -> str:
        date = cited.date.isoformat() if cited.date else ""
        named = [cited.document.title, cited.place, date, cited.document.source]
        return quoting.format(shown(cited.quote), shown(", ".join(filter(None, named))))

    if answer.evidence:
        return f"{shown(answer.text)}\n\n{_said_by(answer, shown)}{quoted(answer.evidence.sentence)}\n"
    if answer.citations:
        return "\n\n".join(map(quoted, answer.citations)) + "\n"
    if answer.passages:
        nearest = answer.passages[0].passage
        related = quoted(Citation(nearest.document, nearest.span))
        return f"{wording.NOT_STATED}. {wording.RELATED}:\n\n{related}\n"
    return f"{wording.NOT_STATED}.\n"


def _said_by(answer: Answer, shown: Callable[[str], str]) -> str:
    """Return who says the answer, where that is not the document itself."""
    if not answer.attribution or not answer.attribution.reported:
        return ""
    speaker = answer.attribution.speaker
    return f"{wording.SAID_BY} {shown(speaker.quote)}.\n\n" if speaker else f"{wording.SAID_BY_SOMEBODY}.\n\n"


def _understood(answer: Answer) -> str:
    """Return how the question was understood, where that is not what it says."""
    return f"{wording.UNDERSTOOD_AS}: {escaped(answer.understood)}\n\n" if answer.understood else ""
