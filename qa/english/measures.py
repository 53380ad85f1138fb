"""Units and dimensions, quantities and times, and words for people."""

import re

from qa.english.numbers import NUMBERS, SCALES

LENGTH = r"(?:(?:kilo|centi|milli)?met(?:re|er)s?|km|cm|mm|m|feet|foot|ft|inch(?:es)?|yards?|miles?|leagues?|fathoms?)"
PERIOD = r"(?:seconds?|minutes?|hours?|days?|nights?|weeks?|fortnights?|months?|years?|decades?|centur(?:y|ies)|h|min)"
WEIGHT = r"(?:(?:kilo|milli)?grams?|kilos?|kg|mg|g|tonnes?|tons?|t|pounds?|lbs?|ounces?|oz|stones?|hundredweight)"
SPEED = r"(?:km/h|kmh|kph|mph|knots?|(?:kilomet(?:re|er)s|miles|met(?:re|er)s) (?:per|an|a|each) \w+|m/s)"
VOLUME = r"(?:(?:milli|centi|hecto)?lit(?:re|er)s?|ml|cl|l|gallons?|pints?|cups?|barrels?|cubic \w+)"
POWER = r"(?:(?:kilo|mega)?watts?|kW|MW|W|volts?|V|(?:kilo|mega)watt-hours?|kWh|degrees?|°)"
"""Units, as patterns."""

CURRENCY = re.compile(
    r"[£$€¥]|\b(?:pounds?|pence|p|dollars?|cents?"
    r"|euros?|francs?|crowns?|kron(?:er|or)|shillings?|yen|free)\b"
)
"""A currency, or that nothing is paid."""

SUMS_OF_MONEY = tuple(
    "balance bill bonus budget charge compensation cost cut debt deposit discount donation fare fee fine fund"
    " grant income increase loan loss pay payment pension price prize profit reduction refund rent reward rise"
    " salary saving share subsidy sum tax toll total turnover value wage worth".split()
)
"""Things that are sums of money themselves, and have no price."""

DIMENSIONS = {
    "tall": "tall", "high": "tall", "in height": "tall", "long": "long", "in length": "long", "wide": "wide",
    "across": "wide", "broad": "wide", "in width": "wide", "deep": "deep", "in depth": "deep", "thick": "thick",
    "old": "old", "of age": "old", "away": "far", "in weight": "heavy",
}  # fmt: skip
"""Words after a number and its unit, and the dimension that they name."""

DIMENSION_OF = {
    "high": "tall", "height": "tall", "length": "long", "broad": "wide", "width": "wide", "breadth": "wide",
    "depth": "deep", "thickness": "thick", "age": "old", "weight": "heavy",
}  # fmt: skip
"""Words with which a question asks for a dimension that has another name."""

UNITS_OF = {
    "tall": LENGTH, "wide": LENGTH, "deep": LENGTH, "thick": LENGTH, "long": f"(?:{LENGTH}|{PERIOD})",
    "old": f"(?:{PERIOD}|aged|ages?|\\d)", "heavy": WEIGHT, "far": f"(?:{LENGTH}|{PERIOD})",
    "fast": f"(?:{SPEED}|{PERIOD})",
}  # fmt: skip
"""The units in which each dimension is measured, as patterns."""

NOUNS_OF = {
    "old": "age", "tall": "height", "high": "height", "long": "length", "wide": "width", "deep": "depth",
    "heavy": "weight", "far": "distance", "fast": "speed", "big": "size", "large": "size",
}  # fmt: skip
"""The noun for what "how old" and the like ask for."""

MANY = re.compile(
    rf"\d|\b(?:{'|'.join([*NUMBERS, *SCALES])}|(?:thousand|hundred|million)s|dozens?|half|halves|third|quarters?"
    r"|several|few|many|much|little|lots?|scores|enough|none|no|nobody|nothing|all|both|every|each|most|some|single|once|twice"
    rf"|free|pair|couple|majority|an?|\w+fold)\b|\b(?:\w+ty)-",
    re.IGNORECASE,
)
"""A number or a word for a quantity."""

TIME_OF_DAY = re.compile(
    r"\d[:.]\d\d|\b\d\d? ?(?:a\.?m|p\.?m|o['’]clock)|\b(?:noon|mid(?:day|night)|dawn|dusk|sun(?:rise|set)|hours?"
    r"|morning|afternoon|evening|night|early|late|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b",
    re.IGNORECASE,
)
"""A time by the clock, or a part of the day."""

TIME_WORD = re.compile(
    r"\b(?:today|tonight|yesterday|tomorrow|now|soon|later|earlier|ago|never|always|immediately|recently|currently|still"
    r"|early|late|end|start|beginning|middle|last|next|previous|every|this|that"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|january|february|march|april|may|june|july|august|september|october"
    r"|november|december|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?|spring|summer|autumn|fall|winter"
    r"|mornings?|afternoons?|evenings?|nights?|noon|midday|midnight|dawn|dusk|sunrise|sunset|days?|weeks?|weekends?"
    r"|months?|years?|decades?|century|centuries|hours?|minutes?|seconds?|moments?|season|age|childhood|youth|war|easter"
    r"|christmas|new year|before|after|during|while|when|whenever|until|till|since|once|as|upon|at|unless|if|unknown"
    r"|unclear|undecided|only|between|within)\b",
    re.IGNORECASE,
)
"""A word that can tell when something is."""

PEOPLE = re.compile(
    r"\b(?:he|she|they|i|we|you|nobody|no one|none|somebody|someone|everybody|everyone|anyone|people|men|women|children"
    r"|staff|police|family|crew|team|public|others?|both|all|council|company|court|committee|commission|government"
    r"|ministry|agency|board|county|state|city|town|union|church|army|navy|press|media|bank|firm|trust|owner|unknown|wife"
    r"|husband|(?:grand)?(?:mother|father|son|daughter)|brother|sister|aunt|uncle|cousin|friend|child|baby|boy|girl|king"
    r"|queen|prince|princess|judge|chief|head|chair|coach|nurse|guide|cook|clerk|mayor|captain|pilot|priest|monk|nun"
    r"|\w+(?:man|woman|men|women|person|er|or|ist|ian|ant|ent|ee|ess|ary|ive|ic|eer|ate|eon|al|oid|s))\b",
    re.IGNORECASE,
)
"""A word for a person or for people."""
