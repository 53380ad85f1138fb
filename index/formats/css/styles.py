"""The style sheets of a page, and the look that they give each element."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from index.formats.css.generated import Counters
from index.formats.css.look import Look, look_of
from index.formats.css.ruleset import Around, RuleSet, WeighedRule
from index.formats.css.selectors import Node, parsed
from index.formats.css.sheets import declarations, rules

MOST_RULES = 5_000
"""Number of rules that are read; those after them are not."""

_FOR_READERS_ALOUD = frozenset(
    "sr-only visually-hidden visuallyhidden screen-reader-text screen-reader-only assistive-text show-for-sr"
    " element-invisible a11y-hidden katex-html".split()
)
"""Classes with which common frameworks hide text visually, or show a formula a second time."""

_RAISING = {
    **dict.fromkeys(("superscript", "super", "sup"), "super"),
    **dict.fromkeys(("subscript", "sub"), "sub"),
}
"""Class → what it says of its element, if no style sheet says otherwise."""

_SHOWING = {
    **dict.fromkeys(("d-flex", "flex", "d-inline-flex", "inline-flex"), "flex"),
    **dict.fromkeys(("d-grid", "grid"), "grid"),
    **dict.fromkeys(("d-block", "block"), "block"),
}
"""Class of a common framework → how it displays its element."""

_OFF_WIDE = re.compile(r"d-(?:(?:sm|md|lg|xl)-)?none|(?:sm|md|lg|xl):hidden")
_ON_WIDE = re.compile(r"d-(?:sm|md|lg|xl)-(?!none)\w+|(?:sm|md|lg|xl):(?:block|flex|grid|inline\S*|table\S*)")
"""Classes of the same frameworks that hide, or show, an element on a screen of usual size."""

_STYLED = {tag: {"font-weight": "bold"} for tag in ("b", "strong")}
_STYLED |= {tag: {"font-style": "italic"} for tag in ("i", "em", "cite", "var", "dfn")}
"""Element → what a browser itself says of its text."""

_HIDDEN = {"display": "none"}
_PLAIN = Look()


class Styles:
    """The style sheets of a page. It is told of each element that begins and ends, and returns its look.

    Args:
        sheets: the first style sheets.
        is_white: whether nothing on the page has a background, so that white text cannot be seen.
    """

    def __init__(self, sheets: Sequence[str] = (), *, is_white: bool = False) -> None:
        self._rules, self._generating = RuleSet(), RuleSet()  # the latter for what is written before and after elements
        self._is_white = is_white
        self._count = 0
        self._around = Around()
        self._counters = Counters()
        self._unseen: list[frozenset[str]] = [frozenset()]  # the causes that hide the text of each open element
        for sheet in sheets:
            self.add(sheet)

    @property
    def is_unseen(self) -> bool:
        """Whether the text in the innermost open element is not seen."""
        return bool(self._unseen[-1])

    def add(self, sheet: str) -> None:
        """Add a style sheet."""
        for found in rules(sheet):
            for words in found.selectors.split(","):
                selector = parsed(words) if self._count < MOST_RULES else None
                if selector is None:
                    continue
                kept = self._generating if selector.pseudo else self._rules
                for said, is_important in ((found.usual, False), (found.important, True)):
                    if said:
                        self._count += 1
                        kept.add(WeighedRule(selector, said, is_important, self._count))

    def begin(self, tag: str, attributes: Mapping[str, str]) -> Look:
        """Return the look of an element. Unless that is off, the element is open until `end`."""
        node = Node.of(tag, attributes)
        found, written = self._rules.matching(node, self._around), attributes.get("style", "")
        look = _look_of(_base(tag, attributes), found, written)
        if look.is_off:
            return look
        if self._generating:
            self._counters.count(_said({}, found, written))
            look = self._with_generated(look, node)
        self._counters.begin()
        self._around.begin(node)
        causes = self._unseen[-1]
        for cause, hides in look.unseen:
            is_cause = hides and (cause != "white" or self._is_white)
            causes = causes | {cause} if is_cause else causes - {cause}
        self._unseen.append(causes)
        return look

    def end(self) -> None:
        """End the innermost open element."""
        if self._around.nodes:
            self._around.end()
            self._unseen.pop()
            self._counters.end()

    def _with_generated(self, look: Look, node: Node) -> Look:
        """Return the look of an element with the words that the style sheets write before and after it."""
        found = self._generating.matching(node, self._around)
        if not found:
            return look
        before, after = (
            _said({}, [rule for rule in found if rule.selector.pseudo == side], "") for side in ("before", "after")
        )
        self._counters.count(before)
        words = [
            "" if look_of(said).is_off else self._counters.content(said.get("content", "")) for said in (before, after)
        ]
        return replace(look, before=words[0], after=words[1])


def _base(tag: str, attributes: Mapping[str, str]) -> dict[str, str]:
    """Return what a browser itself says of an element, and what its classes commonly mean."""
    styled = _STYLED.get(tag, {})
    if not attributes:
        return _HIDDEN if tag == "dialog" else styled
    if "hidden" in attributes or "popover" in attributes or (tag == "dialog" and "open" not in attributes):
        return _HIDDEN
    if names := attributes.get("class", ""):
        classes = names.split()
        is_off_wide = any(map(_OFF_WIDE.fullmatch, classes)) and not any(map(_ON_WIDE.fullmatch, classes))
        if is_off_wide or not _FOR_READERS_ALOUD.isdisjoint(classes):
            return _HIDDEN
        said = {
            "vertical-align": next((_RAISING[name] for name in classes if name in _RAISING), ""),
            "display": next((_SHOWING[name] for name in classes if name in _SHOWING), ""),
        }
        return styled | {name: value for name, value in said.items() if value}
    return styled


def _look_of(base: Mapping[str, str], found: Sequence[WeighedRule], written: str) -> Look:
    if not (base or found or written):
        return _PLAIN
    return _cached_look(tuple(_said(base, found, written).items()))


def _said(base: Mapping[str, str], found: Sequence[WeighedRule], written: str) -> dict[str, str]:
    """Return the properties that the browser, the rules `found` and the attribute `style` set, the last strongest."""
    usual, important = declarations(written) if written else ({}, {})
    said = dict(base)
    for rule in found:
        if not rule.is_important:
            said |= rule.said
    said |= usual
    for rule in found:
        if rule.is_important:
            said |= rule.said
    return said | important


@lru_cache(2_000)
def _cached_look(said: tuple[tuple[str, str], ...]) -> Look:
    return look_of(dict(said))
