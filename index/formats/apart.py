"""What is set apart from the text of a web page: navigation, teasers, comments, notices, and what stands around it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index.block import Kind, Role

_TAGS = {"nav": Role.NAVIGATION, "aside": Role.ASIDE, "footer": Role.FOOTER, "dialog": Role.NOTICE}
_LANDMARKS = {
    "navigation": Role.NAVIGATION,
    "search": Role.NAVIGATION,
    "complementary": Role.ASIDE,
    "contentinfo": Role.FOOTER,
    "banner": Role.HEADER,
    "dialog": Role.NOTICE,
    "alertdialog": Role.NOTICE,
}

_NAMES = {
    Role.COMMENT: r"(?:user|reader|post|article|blog)?-?(?:comments?|commentlist|disqus(?:-thread)?)"
    r"(?:-(?:area|list|section|body|text|content|item|thread))?",
    Role.TEASER: r"(?:related|teasers?|recommend(?:ed|ations?)|promos?|trending|most-?(?:read|popular|viewed)"
    r"|read-?(?:more|also|next)|more-?(?:stories|news|articles)|see-?also|also-?like|outbrain|taboola|sponsored"
    r"|adverts?|advertisement)(?:-(?:articles?|posts?|stories|content|links?|news|list|box|widget|block))?",
    Role.NOTICE: r"(?:cookies?|consent|gdpr|paywall|newsletter|subscri(?:be|ption))"
    r"(?:-(?:banner|notice|bar|consent|popup|modal|box|form|signup|message|wall))*",
    Role.NAVIGATION: r"(?:(?:main|top|site|side|primary)-?)?(?:nav|navbar|navigation|menu|breadcrumbs?|pagination|pager"
    r"|share|sharing|social)(?:-(?:links?|bar|buttons?|list|items?))?",
    Role.FOOTER: r"(?:site|page|main)?-?footer",
    Role.ASIDE: r"(?:side-?bar|widget-area)",
}
"""What the classes and ids are called of elements that set something apart."""

_NAMED = [(role, re.compile(names)) for role, names in _NAMES.items()]

_HEADINGS = {
    Role.COMMENT: r"(?:(?:user|reader)s?['’]?s? )?comments?(?: ?\(\d+\))?|\d+ (?:comments?|replies|responses)"
    r"|leave a (?:reply|comment)|join the (?:discussion|conversation)",
    Role.TEASER: r"(?:read|see|watch) (?:also|more|next)|also (?:read|see)|related(?: (?:articles?|stories|news|links"
    r"|content|posts|topics|coverage))?|most (?:read|popular|viewed|shared)|more (?:on this|from|stories|news)\b.*"
    r"|you (?:may|might) (?:also )?like.*|recommended(?: for you)?|trending(?: now)?|popular (?:now|stories|posts)"
    r"|editors?['’]?s? (?:picks?|choice)|latest (?:news|stories|headlines)|top stories|what to read next|in other news",
}
_HEADED = [(role, re.compile(f"(?:{words}):?", re.IGNORECASE)) for role, words in _HEADINGS.items()]

_ABOUT_COOKIES = re.compile(r"(?:we|this (?:web)?site|our (?:web)?site|by \w+)\b.{0,80}\bcookies\b", re.IGNORECASE)

LONGEST_NAME = 300
"""Code points of an element's classes that are looked at."""

LONGEST_HEADING = 60
"""Code points of a line that says what is below it."""


@dataclass(slots=True)
class Seen:
    """A block of a page: where it begins, and what is known of it.

    Attributes:
        words: its first ones.
        level: from 1 to 6 of a heading; 0 of anything else.
        inside: the number of the element around it.
        is_linked: whether all of it is a link.
    """

    start: int
    words: str
    kind: Kind
    role: Role
    level: int
    inside: int
    is_linked: bool


def role_of(tag: str, attributes: Mapping[str, str], *, are_names_read: bool = True) -> Role | None:
    """Return as what an element sets apart what it holds; None where it does not.

    Args:
        are_names_read: whether its classes and its id count.
    """
    if role := _TAGS.get(tag) or _LANDMARKS.get(attributes.get("role", "")):
        is_note = "note" in attributes.get("epub:type", "") or "note" in attributes.get("role", "")
        return None if is_note else role
    if not are_names_read or not attributes or tag in {"body", "main", "form"}:
        return None
    if tag == "article" and "comment" not in attributes.get("class", ""):
        return None
    names = f"{attributes.get('class', '')} {attributes.get('id', '')}"[:LONGEST_NAME]
    for name in names.replace("_", "-").lower().split():
        for role, pattern in _NAMED:
            if pattern.fullmatch(name):
                return role
    return None


class Elements:
    """The elements of a page, by number in the order in which they begin, and the blocks that each holds."""

    def __init__(self) -> None:
        self._parents = [0]
        self._ends = [0]  # how many blocks of the page there are where each one ends

    def begin(self, parent: int) -> int:
        """Return the number of an element that begins inside `parent`."""
        self._parents.append(parent)
        self._ends.append(0)
        return len(self._parents) - 1

    def end(self, element: int, blocks: int) -> None:
        """Note that an element ends after so many `blocks` of the page."""
        self._ends[element] = blocks

    def reach(self, element: int, block: int) -> int:
        """Return up to which block the element goes on in which block number `block` is not the last one."""
        while element and self._ends[element] and self._ends[element] <= block + 1:
            element = self._parents[element]
        return self._ends[element] if element else 0


def roles(blocks: Sequence[Seen], elements: Elements) -> list[Role]:
    """Return the role of each block of a page: what its elements say, or else the headings and the links around it."""
    found = [block.role for block in blocks]
    for number, block in enumerate(blocks):
        if found[number] == Role.TEXT and (role := _headed(block)):
            end = elements.reach(block.inside, number) or len(blocks)
            for below in range(number, _end_of_section(blocks, number, end, role)):
                if found[below] == Role.TEXT:
                    found[below] = role
        elif found[number] == Role.TEXT and _ABOUT_COOKIES.match(block.words):
            found[number] = Role.NOTICE
    return found


def _headed(block: Seen) -> Role | None:
    """Return what a heading, or a line that counts comments, sets apart; None for any other block."""
    if len(block.words) > LONGEST_HEADING or not (block.level or block.words.endswith(")")):
        return None
    return next((role for role, pattern in _HEADED if pattern.fullmatch(block.words.strip())), None)


def _end_of_section(blocks: Sequence[Seen], heading: int, end: int, role: Role) -> int:
    """Return the number of the block before which the section under a heading ends; teasers are links, and short."""
    level = blocks[heading].level or 6
    for number in range(heading + 1, end):
        block = blocks[number]
        is_over = 0 < block.level <= level and not block.is_linked
        if is_over or (role == Role.TEASER and not block.is_linked and block.kind == Kind.PARAGRAPH):
            return number
    return end
