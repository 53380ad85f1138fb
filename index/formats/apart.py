"""The roles of a web page's blocks: main text, or navigation, advertisements, comments and other surroundings."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from index.block import Block, Kind, Role
from index.document import Place
from index.formats.content import BEGINNING

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
    r"|read-?(?:more|also|next)|more-?(?:stories|news|articles)|see-?also|also-?like|outbrain|taboola)"
    r"(?:-(?:articles?|posts?|stories|content|links?|news|list|box|widget|block))?",
    Role.ADVERTISEMENT: r"(?:(?:is|in|js|has|div|google|gpt|dfp|native|display|banner|article|page|text|inline)-)*"
    r"(?:ads?|advert(?:s|isements?|ising)?|adsense|adsbygoogle|adslot|adunit|adbox|adwrap(?:per)?|sponsored|promoted)"
    r"(?:-(?:container|slot|unit|wrap|wrapper|box|banner|block|label|area|space|zone|placeholder|content|text|post|link"
    r"|iframe|inline|top|middle|bottom|right|left|sidebar|header|footer|\d+))*",
    Role.NOTICE: r"(?:cookies?|consent|gdpr|paywall|newsletter|subscri(?:be|ption))"
    r"(?:-(?:banner|notice|bar|consent|popup|modal|box|form|signup|message|wall))*",
    Role.NAVIGATION: r"(?:(?:main|top|site|side|primary|mw)-?)?(?:nav|navbar|navigation|menu|breadcrumbs?|pagination"
    r"|pager|share|sharing|social)(?:-(?:links?|bar|buttons?|list|items?))?",
    Role.FOOTER: r"(?:site|page|main)?-?footer",
    Role.ASIDE: r"(?:side-?bar|widget-area)",
    Role.QUOTED: r"gmail-(?:quote|extra)|moz-cite-prefix|yahoo-quoted|protonmail-quote|divrplyfwdmsg",
}
"""Patterns of the classes and ids of elements that set something apart."""

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

_LONGEST_NAME = 300
"""Code points of an element's classes, id and label that are examined."""

_LONGEST_HEADING = 60
"""Longest heading, in code points, that can set a section apart."""


@dataclass(slots=True)
class Seen:
    """A block of a page.

    Attributes:
        start: offset of its first code point.
        words: its first words.
        kind: its kind.
        role: the role that its elements give it.
        level: level of a heading, from 1 to 6; 0 for other blocks.
        inside: number of the element that contains it.
        is_linked: whether all of its text is a link.
    """

    start: int
    words: str
    kind: Kind
    role: Role
    level: int
    inside: int
    is_linked: bool


def role_of(tag: str, attributes: Mapping[str, str], *, are_names_read: bool = True) -> Role | None:
    """Return the role that an element gives its content, or None if it does not set the content apart.

    Args:
        tag: the name of the element.
        attributes: its attributes.
        are_names_read: whether its classes, its id and its label count.
    """
    if role := _TAGS.get(tag) or _LANDMARKS.get(attributes.get("role", "")):
        is_note = "note" in attributes.get("epub:type", "") or "note" in attributes.get("role", "")
        return None if is_note else role
    if tag == "blockquote" and attributes.get("type") == "cite":
        return Role.QUOTED
    if not are_names_read or not attributes or tag in {"body", "main", "form"}:
        return None
    if tag == "article" and "comment" not in attributes.get("class", ""):
        return None
    label = "-".join(attributes.get("aria-label", "").split())
    names = f"{attributes.get('class', '')} {attributes.get('id', '')} {label}"[:_LONGEST_NAME]
    for name in names.replace("_", "-").lower().split():
        for role, pattern in _NAMED:
            if pattern.fullmatch(name):
                return role
    return None


class Elements:
    """The elements of a page, numbered in the order in which they begin, and the blocks that each contains."""

    def __init__(self) -> None:
        self._parents = [0]
        self._ends = [0]  # for each element, the number of blocks on the page when it ends; 0 while it is open

    def begin(self, parent: int) -> int:
        """Begin an element inside `parent`, and return its number."""
        self._parents.append(parent)
        self._ends.append(0)
        return len(self._parents) - 1

    def end(self, element: int, blocks: int) -> None:
        """Record that an element ends after the first `blocks` blocks of the page."""
        self._ends[element] = blocks

    def reach(self, element: int, block: int) -> int:
        """Return the end, as a number of blocks, of the innermost element from `element` outwards that has more blocks.

        Args:
            element: the element that contains the block.
            block: the number of the block.

        Returns:
            The number of the block after the element's last one; 0 if the element is the page itself.
        """
        while element and self._ends[element] and self._ends[element] <= block + 1:
            element = self._parents[element]
        return self._ends[element] if element else 0


def roles(blocks: Sequence[Seen], elements: Elements) -> list[Role]:
    """Return the role of each block of a page, from its elements or else from the headings and links around it."""
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


def resumed(places: Sequence[Place], blocks: Sequence[Block]) -> Iterator[Place]:
    """Yield the sections of a page. A section under a heading that is set apart ends where the main text goes on.

    Args:
        places: the sections as their headings begin them.
        blocks: the blocks of the page with their roles.
    """
    labels = {place.start: place.label for place in places}
    main = shown = ""
    for block in blocks:
        label = labels.get(block.start, "")
        if label:
            shown = label
            main = label if block.role == Role.TEXT else main
        elif block.role == Role.TEXT and shown != main:
            label = main or BEGINNING
            shown = main
        if label:
            yield Place(block.start, label)


def _headed(block: Seen) -> Role | None:
    """Return the role of the section under a heading or a count of comments; None for any other block."""
    if len(block.words) > _LONGEST_HEADING or not (block.level or block.words.endswith(")")):
        return None
    return next((role for role, pattern in _HEADED if pattern.fullmatch(block.words.strip())), None)


def _end_of_section(blocks: Sequence[Seen], heading: int, end: int, role: Role) -> int:
    """Return the number of the first block after the section under a heading. Teasers end at a plain paragraph."""
    level = blocks[heading].level or 6
    for number in range(heading + 1, end):
        block = blocks[number]
        is_over = 0 < block.level <= level and not block.is_linked
        if is_over or (role == Role.TEASER and not block.is_linked and block.kind == Kind.PARAGRAPH):
            return number
    return end
