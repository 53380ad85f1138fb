"""Rows made by a program: tables, label lines, lists with roles, bylines, measures, events and duties.

Each page states some facts and asks about them. It also asks about what it almost states: a height instead of the given
length, the head of another department, another year. Such questions look answerable and are not.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from string import Formatter

from index.document import Span
from training.vocabulary import (
    ACTIONS,
    COLUMNS,
    DEPARTMENTS,
    DIMENSIONS,
    DUTIES,
    FIRST_NAMES,
    KINDS_OF_PLACE,
    LABELS,
    LAST_NAMES,
    MONTHS,
    PLACE_BEGINNINGS,
    PLACE_ENDINGS,
    REPORTS,
    ROLES,
    UNSTATED,
)

_ANSWERABLE = 0.55
"""Share of the questions that their page answers."""


_CELL = (
    "What is the {0} of {1}?",
    "{0} of {1}?",
    "What {0} is given for {1}?",
    "Which {0} does {1} have?",
    "How high is the {0} of {1}?",
)
"""Questions for a cell of a table: column 0, row 1."""

_TOTAL = "What is the total {0}?", "What is the {0} in all?", "How much is the {0} altogether?"


@dataclass(frozen=True, slots=True)
class Synthetic:
    """A question, its text, the span of the answer, and other texts of the same kind without the answer."""

    question: str
    text: str
    answers: tuple[Span, ...]
    distractors: tuple[str, ...]


class Page:
    """A text in the making, and the questions that may be asked about it, each with the span of its answer."""

    def __init__(self) -> None:
        self.text = ""
        self.answered: list[tuple[str, Span]] = []
        self.unanswered: list[str] = []

    def write(self, text: str) -> None:
        """Add `text` at the end."""
        self.text += text

    def place(self, text: str) -> Span:
        """Add `text`, which is not empty, at the end, and return its span."""
        self.text += text
        return Span(len(self.text) - len(text), len(self.text))


def synthetic(random: Random, distractors: int = 0) -> Synthetic:
    """Return a question about a page of one to three kinds, and up to `distractors` other pages of the first kind."""
    kinds = random.sample(KINDS, random.choice([1, 1, 2, 3]))
    page = _page(kinds, random)
    question: str
    answers: tuple[Span, ...] = ()
    if random.random() < _ANSWERABLE:
        question, answer = random.choice(page.answered)
        answers = (answer,)
    else:
        question = random.choice(page.unanswered)
    others = [_page(kinds[:1], random).text for _ in range(distractors)]
    held = [page.text[answer.start : answer.end] for answer in answers]
    return Synthetic(question, page.text, answers, tuple(o for o in others if not any(text in o for text in held)))


def _page(kinds: Sequence[Callable[[Page, Random], None]], random: Random) -> Page:
    page = Page()
    for number, kind in enumerate(kinds):
        page.write(random.choice(["\n\n", "\n"]) if number else "")
        kind(page, random)
    return page


def table(page: Page, random: Random) -> None:
    """Write a table, with or without totals, and ask for cells, for totals, and for the row of a cell.

    It is written as in a text file, or as `qa.reading.excerpt` shows tables: each cell behind its headers.
    """
    of, possible = random.choice(COLUMNS)
    columns = random.sample(possible, random.randint(2, len(possible)))
    *rows, absent = _distinct(random, _company if of == "company" else _place, random.randint(3, 7))
    unit_above = random.random() < 0.3
    names = [name.capitalize() + (f" ({unit})" if unit and unit_above else "") for name, unit, *_ in columns]
    writer = _Rows(page, [of.capitalize(), *names], random.choice(["\t", " | ", None, None]))
    numbers = [[random.randint(low, high) for _, _, low, high in columns] for _ in rows]

    def write(row: str, cells: Sequence[int], asked: Sequence[str]) -> None:
        amounts = [_amount(n, "" if unit_above else unit) for n, (_, unit, *_) in zip(cells, columns, strict=True)]
        for (name, *_), place in zip(columns, writer.write(row, amounts), strict=True):
            page.answered.append((_one(random, *asked).format(name, row), place))

    for row, cells in zip(rows, numbers, strict=True):
        write(row, cells, _CELL)
    if random.random() < 0.5:
        write(
            random.choice(["Total", "Sum", "All together"]),
            [sum(column) for column in zip(*numbers, strict=True)],
            _TOTAL,
        )
    else:
        page.unanswered.append(_one(random, *_TOTAL).format(columns[0][0]))
    left_out = {name for name, *_ in possible} - {name for name, *_ in columns}
    for name in sorted(left_out) or UNSTATED[of]:
        page.unanswered.append(_one(random, *_CELL).format(name, random.choice(rows)))
    page.unanswered.append(_one(random, *_CELL).format(columns[0][0], absent))


class _Rows:
    """Writes the rows of a table on `page`; `separator` is None for the form that readers are shown."""

    def __init__(self, page: Page, names: Sequence[str], separator: str | None) -> None:
        self._page, self._names, self._separator = page, names, separator
        page.write(", ".join(names) + ".\n" if separator is None else separator.join(names) + "\n")

    def write(self, row: str, cells: Sequence[str]) -> list[Span]:
        """Write a row with its name and `cells`; return the spans of these."""
        shown = self._separator is None
        self._page.write(f"{self._names[0]} {row}" if shown else row)
        places = []
        for name, cell in zip(self._names[1:], cells, strict=True):
            self._page.write(f", {row} {name} " if shown else str(self._separator))
            places.append(self._page.place(cell))
        self._page.write(".\n" if shown else "\n")
        return places


def labels(page: Page, random: Random) -> None:
    """Write lines of labels and values, and ask for the values of these and other labels."""
    chosen = random.sample(LABELS, random.randint(4, 7))
    mark = random.choice([": ", ": ", " – ", ":\t"])
    for label, questions, make in chosen[:-2]:
        page.write(label + mark)
        value = page.place(_value(make, random))
        page.answered.append((random.choice(questions), value))
        page.write("\n")
    page.unanswered.extend(random.choice(questions) for _, questions, _ in chosen[-2:])


def roles(page: Page, random: Random) -> None:
    """Write a list of people with roles; ask for the person of a role, a person's role, and roles not in the list."""
    *people, stranger = _distinct(random, _person, random.randint(4, 7))
    departments = random.sample(DEPARTMENTS, len(people) + 1)
    titles = [random.choice(ROLES) for _ in people]
    form = random.choice(["{name} ({role})", "{name}, {role}", "{role}: {name}", "{name}\t{role}"])
    joint = random.choice(["\n", "\n- ", "; "]) if "," in form or ":" in form else random.choice(["\n", ", "])
    page.write(random.choice(["Present: ", "Staff\n", "Contacts\n", "Committee members: ", "In attendance: ", ""]))
    for i, (person, title) in enumerate(zip(people, titles, strict=True)):
        role = f"{title} of {departments[i]}"
        page.write(joint if i else joint.strip("\n,; ") and "- ")
        name, duty = _written(page, form, {"name": person, "role": role})
        asked = _one(random, "Who is the {0}?", "Who is {0}?", "What is the name of the {0}?", "Who works as {0}?")
        page.answered.append((asked.format(role), name))
        asked = _one(random, "What is {0}'s role?", "What does {0} do?", "Which position does {0} hold?")
        page.answered.append((asked.format(person), duty))
        absent = [each for each in ROLES if each not in titles]
        page.unanswered.append(f"Who is the {random.choice(absent)} of {departments[i]}?")
    page.unanswered.append(f"Who is the {titles[0]} of {departments[-1]}?")
    page.unanswered.append(f"What is {stranger}'s role?")
    page.write("\n")


def byline(page: Page, random: Random) -> None:
    """Write the head of a report or an article, and ask for its author, client, date and number."""
    author, other = _distinct(random, _person, 2)
    client, place = _company(random), _place(random)
    kind = random.choice(REPORTS)

    def ask(answer: Span, *forms: str) -> None:
        page.answered.append((_one(random, *forms).format(kind), answer))

    page.write(f"{place}: {kind}\n")
    page.write(random.choice(["By ", "Written by ", "Author: ", "Prepared by "]))
    by = page.place(author)
    ask(by, "Who wrote the {0}?", "Who is the author of the {0}?", "Who prepared the {0}?", "By whom is the {0}?")
    unstated = ["edited", "translated", "paid for", "reviewed", "approved"]
    if random.random() < 0.5:
        page.write(" for ")
        ask(page.place(client), "For whom was the {0} written?", "Who was the {0} prepared for?")
    else:
        page.unanswered.append(f"For whom was the {kind} written?")
    page.write(random.choice([" · ", ", ", "\n"]))
    when = page.place(_date(random))
    ask(when, "When was the {0} written?", "What is the date of the {0}?", "When did the {0} appear?")
    if random.random() < 0.6:
        page.write("\n" + random.choice(["Report no. ", "Reference: ", "No. ", "Ref. "]))
        number = page.place(f"{place[:3].upper()}-{random.randint(1990, 2029)}-{random.randint(1, 999)}")
        ask(
            number,
            "What is the number of the {0}?",
            "Which number does the {0} have?",
            "What is the reference of the {0}?",
        )
    else:
        page.unanswered.append(f"What is the number of the {kind}?")
    page.unanswered.append(f"Who {random.choice(unstated)} the {kind}?")
    page.unanswered.append(f"When did {other} write the {kind}?")
    page.write("\n")


def measures(page: Page, random: Random) -> None:
    """Write sentences with some dimensions of things, and ask for these and other dimensions."""
    for _ in range(random.randint(1, 3)):
        thing = f"{_place(random)} {random.choice(KINDS_OF_PLACE)}"
        dimensions = random.sample(DIMENSIONS, 4)
        stated = dimensions[: random.randint(1, 2)]
        page.write(f"The {thing} is ")
        for i, (adjective, units, low, high, *_) in enumerate(stated):
            page.write(" and " if i else "")
            value = page.place(f"{random.randint(low, high):,} {random.choice(units)}")
            page.write(f" {adjective}")
            page.answered.append((_asked_measure(random, dimensions[i], thing), value))
        page.write(random.choice([". ", ", and belongs to the town. ", " and stands by the river. "]))
        for dimension in dimensions[2:]:
            page.unanswered.append(_asked_measure(random, dimension, thing))
    page.write("\n")


def events(page: Page, random: Random) -> None:
    """Write who did what, where and when; ask about this, and about another year, place or deed."""
    places = _distinct(random, _place, random.randint(2, 4))
    actions = random.sample(ACTIONS, len(places))
    years = random.sample(range(1850, 2029), len(places) + 1)
    for i, place in enumerate(places):
        thing, (past, noun), person = random.choice(KINDS_OF_PLACE), actions[i], _person(random)
        page.write("In ")
        year = page.place(str(years[i]))
        page.write(f" the {place} {thing} was {past} by ")
        who = page.place(person)
        page.write(random.choice([". ", ", who came from abroad. ", f", after {random.randint(2, 9)} years. "]))
        page.answered.append(
            (
                _one(
                    random,
                    "When was the {0} {1} {2}?",
                    "In what year was the {0} {1} {2}?",
                    "In which year did the {3} of the {0} {1} take place?",
                ).format(place, thing, past, noun),
                year,
            )
        )
        page.answered.append(
            (_one(random, "Who {2} the {0} {1}?", "By whom was the {0} {1} {2}?").format(place, thing, past), who)
        )
        deeds = [each for each, _ in ACTIONS if each != past]
        page.unanswered.append(f"When was the {place} {thing} {random.choice(deeds)}?")
        page.unanswered.append(f"Who {random.choice(deeds)} the {place} {thing}?")
        page.unanswered.append(f"Who {past} the {place} {thing} in {years[-1]}?")
        page.unanswered.append(f"When was the {_place(random)} {thing} {past}?")
    page.write("\n")


def duties(page: Page, random: Random) -> None:
    """Write who does what for a place, with the verb or with its noun, and ask with either; also for other duties."""
    places = _distinct(random, _place, random.randint(2, 3))
    chosen = random.sample(DUTIES, len(places) + 2)
    for place, (verb, noun) in zip(places, chosen, strict=False):
        thing = f"{place} {random.choice(KINDS_OF_PLACE)}"
        who = random.choice([_person, _company])(random)
        form = random.choice(
            [
                "The {noun} of the {thing}, {who}, ",
                "{who}, the {noun} of the {thing}, ",
                "{who}, which {verb} the {thing}, ",
                "At the {thing} the {noun}, {who}, ",
                "According to its {noun}, {who}, the {thing} ",
                "The {thing} and {who}, its {noun}, ",
            ]
        )
        (name,) = _written(page, form, {"who": who}, noun=noun, verb=verb, thing=thing)
        page.write(_one(random, "gave no reason. ", "expects few changes. ", "had a good year. ", "wanted no report. "))
        asked = _one(random, "Who {0} the {2}?", "Who is the {1} of the {2}?", "Who is the {2}'s {1}?")
        page.answered.append((asked.format(verb, noun, thing), name))
        for other_verb, other_noun in chosen[len(places) :]:
            asked = _one(random, "Who {0} the {2}?", "Who is the {1} of the {2}?")
            page.unanswered.append(asked.format(other_verb, other_noun, thing))
    page.write("\n")


def _written(page: Page, form: str, fields: Mapping[str, str], **words: str) -> list[Span]:
    """Write `form` with its `{fields}` and `{words}` filled in; return the span of each field, in their order."""
    places = {}
    for literal, name, *_ in Formatter().parse(form):
        page.write(literal)
        if name in words:
            page.write(words[name])
        elif name:
            places[name] = page.place(fields[name])
    return [places[name] for name in fields]


KINDS: tuple[Callable[[Page, Random], None], ...] = (table, labels, roles, byline, measures, events, duties)
"""Functions that write a part of a page and ask about it."""


def _asked_measure(random: Random, dimension: tuple[str, Sequence[str], int, int, str], thing: str) -> str:
    adjective, _, _, _, noun = dimension
    return _one(random, "How {0} is the {2}?", "What is the {1} of the {2}?", "how {0} is {2}?").format(
        adjective, noun, thing
    )


def _one(random: Random, *templates: str) -> str:
    return random.choice(templates)


def _distinct(random: Random, make: Callable[[Random], str], count: int) -> list[str]:
    """Return `count` different results of `make`."""
    found: dict[str, None] = {}
    while len(found) < count:
        found[make(random)] = None
    return list(found)


def _person(random: Random) -> str:
    title = random.choice(["", "", "", "", "Dr ", "Prof. ", "Cllr "])
    return f"{title}{random.choice(FIRST_NAMES)} {random.choice(LAST_NAMES)}"


def _place(random: Random) -> str:
    return random.choice(PLACE_BEGINNINGS) + random.choice(PLACE_ENDINGS)


def _company(random: Random) -> str:
    tail = random.choice(["Ltd", "& Sons", "plc", "Group", "Engineers", "Partners", "Works"])
    return f"{random.choice([random.choice(LAST_NAMES), _place(random)])} {tail}"


def _date(random: Random) -> str:
    day, month, year = random.randint(1, 28), random.randrange(12), random.randint(1985, 2029)
    forms = f"{day} {MONTHS[month]} {year}", f"{MONTHS[month]} {day}, {year}", f"{year}-{month + 1:02}-{day:02}"
    return random.choice(forms)


def _amount(number: int, unit: str) -> str:
    return f"{unit}{number:,}" if unit in "£$€" else f"{number:,} {unit}".rstrip()


def _value(make: str, random: Random) -> str:
    """Return a random value of the sort `make`, one of the sorts in LABELS."""
    first, second = _distinct(random, _person, 2)
    begin = random.randint(6, 11)
    made = {
        "person": first,
        "place": _place(random),
        "company": _company(random),
        "date": _date(random),
        "price": _amount(random.randint(1, 9000), random.choice("£$€")),
        "hours": f"{begin:02}:00 to {begin + random.randint(5, 9)}:30",
        "phone": f"0{random.randint(100, 999)} {random.randint(100_000, 999_999)}",
        "mail": f"{second.split()[-1].lower()}@{_place(random).lower()}.example",
        "count": str(random.randint(2, 400)),
        "weight": f"{random.randint(2, 950)} {random.choice(['kg', 'g', 'tonnes'])}",
        "address": f"{random.randint(1, 180)} {_place(random)} Road",
        "span": f"{random.randint(2, 36)} {random.choice(['days', 'weeks', 'months', 'years'])}",
    }
    return made[make]
