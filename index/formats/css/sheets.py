"""The rules of a style sheet that apply on a screen of usual size."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

_WIDTH = 1280
"""Width of the screen, in CSS pixels, for which conditional rules are chosen."""

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|<!--|-->", re.DOTALL)
_ADDRESS = re.compile(r"url\([^()]{0,20000}\)", re.IGNORECASE)
_IMPORTANT = re.compile(r"\s*!\s*important\s*\Z", re.IGNORECASE)
_AT_RULE = re.compile(r"@([\w-]+)\s*(.*)", re.DOTALL)
_LIMIT = re.compile(r"(min|max)-width\s*:\s*(\d+(?:\.\d+)?)(px|r?em)", re.IGNORECASE)
_OTHER_CONDITION = re.compile(r"\(\s*(?!(?:min|max)-width\b)|\bnot\b", re.IGNORECASE)

READ = frozenset(
    "display float visibility opacity font-size font-style font-weight font text-indent position left right top bottom"
    " clip clip-path color background background-color text-decoration text-decoration-line vertical-align"
    " list-style list-style-type height max-height width overflow transform content-visibility mso-hide content"
    " counter-reset counter-increment counter-set".split()
)
"""The properties that say what is seen, raised, numbered, bold or italic."""


class Rule(NamedTuple):
    """A rule: its selectors, and the properties that it sets, those marked as important apart."""

    selectors: str
    usual: Mapping[str, str]
    important: Mapping[str, str]


def rules(sheet: str) -> Iterator[Rule]:
    """Yield the rules of a style sheet that set one of the properties `READ`."""
    open_blocks: list[bool] = []  # for each open block, whether rules in it apply
    selectors = ""
    pieces = re.split("([{}])", _ADDRESS.sub("url()", _COMMENT.sub("", sheet)))
    for words, brace in zip(pieces[::2], [*pieces[1::2], ""], strict=True):
        if brace == "{":
            selectors = words.rpartition(";")[2].strip()
            at_rule = _AT_RULE.match(selectors)
            open_blocks.append(_applies(*at_rule.groups()) if at_rule else True)
        elif brace == "}":
            if selectors and not selectors.startswith("@") and all(open_blocks):
                usual, important = declarations(words)
                if usual or important:
                    yield Rule(selectors, usual, important)
            open_blocks[-1:] = []
            selectors = ""


def declarations(words: str) -> tuple[dict[str, str], dict[str, str]]:
    """Return the properties `READ` that declarations set, with their values, and then those marked as important."""
    usual: dict[str, str] = {}
    important: dict[str, str] = {}
    for declaration in words.split(";"):
        name, _, value = declaration.partition(":")
        if (name := name.strip().lower()) in READ:
            value = value.strip()
            (important if _IMPORTANT.search(value) else usual)[name] = _IMPORTANT.sub("", value)
    return usual, important


def applies_on_screen(condition: str) -> bool:
    """Return whether a media query, such as `screen and (min-width: 600px)`, is true on a screen of usual size."""
    return not condition.strip() or any(map(_is_true, condition.lower().split(",")))


def _applies(name: str, condition: str) -> bool:
    return name in {"supports", "layer", "container"} or (name == "media" and applies_on_screen(condition))


def _is_true(query: str) -> bool:
    kind = query.strip().removeprefix("only ").partition("(")[0].removesuffix("and ").strip()
    if kind not in {"", "all", "screen"} or _OTHER_CONDITION.search(query):
        return False
    limits = ((side, float(number) * (1 if unit == "px" else 16)) for side, number, unit in _LIMIT.findall(query))
    return all(limit <= _WIDTH if side == "min" else limit >= _WIDTH for side, limit in limits)
