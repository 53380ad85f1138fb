"""Which elements the styles of a web page hide, by tag, class, id and `style` attribute."""

import re
from collections.abc import Iterator, Mapping

_HIDING = re.compile(
    r"(?:^|[;{\s])(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|font-size\s*:\s*0(?:\.0+)?(?![\d.])"
    r"|opacity\s*:\s*0(?:\.0+)?(?![\d.])|text-indent\s*:\s*-\d{3,}|left\s*:\s*-\d{4,}"
    r"|(?<![-\w])color\s*:\s*(?:transparent|rgba\([^()]{1,40},\s*0(?:\.0+)?\s*\))"
    r"|text-decoration(?:-line)?\s*:[^;{}]{0,40}line-through|clip\s*:\s*rect\(\s*(?:0(?:px)?|1px)[\s,])",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_SIMPLE = re.compile(r"(?:[a-z][a-z0-9]*)?(?:[.#][\w-]+)?", re.IGNORECASE)
_FOR_READERS_ALOUD = frozenset(
    "sr-only visually-hidden visuallyhidden screen-reader-text screen-reader-only assistive-text".split()
)
"""Classes with which common frameworks hide text visually, for screen readers only."""


class Styles:
    """The hiding rules in a page's own style sheets. Only selectors of a tag, class or id are supported."""

    def __init__(self) -> None:
        self._hidden: set[str] = set()

    def add(self, sheet: str) -> None:
        """Add a style sheet. For the same selector, the last rule wins."""
        for selectors, declarations in _rules(_COMMENT.sub("", sheet)):
            for selector in selectors.split(","):
                if not _SIMPLE.fullmatch(name := selector.strip()) or not name:
                    continue
                if _HIDING.search(declarations):
                    self._hidden.add(name)
                elif "display" in declarations or "visibility" in declarations:
                    self._hidden.discard(name)

    def hides(self, tag: str, attributes: Mapping[str, str]) -> bool:
        """Return whether an element is hidden."""
        if not attributes:
            return tag in self._hidden
        if "hidden" in attributes or _HIDING.search(attributes.get("style", "")):
            return True
        classes = attributes.get("class", "").split()
        if not _FOR_READERS_ALOUD.isdisjoint(classes):
            return True
        return bool(self._hidden) and not self._hidden.isdisjoint(_selectors(tag, classes, attributes.get("id", "")))


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """Yield the selectors and the declarations of each rule. Skip conditional rules, such as those for print."""
    depth, selectors = 0, ""
    pieces = re.split("([{}])", sheet)
    for words, brace in zip(pieces[::2], [*pieces[1::2], ""], strict=True):
        if brace == "{":
            depth += 1
            selectors = words.rpartition(";")[2] if depth == 1 else "@"
        elif brace == "}":
            if depth == 1 and not selectors.lstrip().startswith("@"):
                yield selectors, words
            depth = max(depth - 1, 0)


def _selectors(tag: str, classes: list[str], identity: str) -> list[str]:
    named = [f".{name}" for name in classes] + [f"#{identity}"] * bool(identity)
    return [tag, *named, *(tag + name for name in named)]
