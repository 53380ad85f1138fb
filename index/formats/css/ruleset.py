"""The rules of style sheets, ordered so that those for an element are found fast."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from index.formats.css.selectors import Node, Selector, Weight


class WeighedRule(NamedTuple):
    """A rule with one selector. `order` counts the rules; important ones come before all others."""

    selector: Selector
    said: Mapping[str, str]
    is_important: bool
    order: int

    @property
    def precedence(self) -> tuple[bool, Weight, int]:
        return self.is_important, self.selector.weight, self.order


class Around:
    """The open elements, the outermost first, and the names that they have."""

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self.names: Counter[str] = Counter()

    def begin(self, node: Node) -> None:
        """Begin an element."""
        self.nodes.append(node)
        self.names.update(node.names)

    def end(self) -> None:
        """End the innermost element."""
        for name in self.nodes.pop().names:
            self.names[name] -= 1
            if not self.names[name]:
                del self.names[name]


class RuleSet:
    """Rules by the names that an element, and those around it, must have."""

    def __init__(self) -> None:
        self._rules: dict[str, list[WeighedRule]] = defaultdict(list)  # by the name that the element must have
        self._known: dict[tuple[str, str, str], Mapping[str, list[WeighedRule]]] = {}

    def __bool__(self) -> bool:
        return bool(self._rules)

    def add(self, rule: WeighedRule) -> None:
        """Add a rule."""
        self._rules[rule.selector.name].append(rule)
        self._known.clear()

    def matching(self, node: Node, around: Around) -> list[WeighedRule]:
        """Return the rules for an element inside others, the strongest last."""
        key = node.tag, node.attributes.get("class", ""), node.identity
        if key not in self._known:
            self._known[key] = self._by_name_around(node)
        found = [
            rule
            for name, rules in self._known[key].items()
            if not name or name in around.names
            for rule in rules
            if rule.selector.matches(node, around.nodes)
        ]
        return sorted(found, key=lambda rule: rule.precedence) if len(found) > 1 else found

    def _by_name_around(self, node: Node) -> Mapping[str, list[WeighedRule]]:
        """Return name that an element around must have, "" for none → the rules that may be for `node`."""
        found: dict[str, list[WeighedRule]] = defaultdict(list)
        for rule in self._with_name_of(node):
            found[rule.selector.name_around].append(rule)
        return found

    def _with_name_of(self, node: Node) -> Iterator[WeighedRule]:
        for name in ("", *node.names):
            yield from self._rules.get(name, ())
