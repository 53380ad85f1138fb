"""Number words, signs and units, and the words that change the number beside them."""

UNITS = tuple(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen".split()
)

_TENS = tuple("twenty thirty forty fifty sixty seventy eighty ninety".split())

NUMBERS = {word: i for i, word in enumerate(UNITS)} | {word: 10 * i for i, word in enumerate(_TENS, start=2)}

SCALES = {"hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}

SIGNS = {"%": " percent ", "$": " dollars ", "€": " euros ", "£": " pounds ", "¥": " yen "}

HEDGES = frozenset(
    "about above after ago almost approximately around at before below between by double exactly fewer half least less"
    " many maximum minimum minus more most nearly never no not only or over per percent roughly several since some than"
    " till to triple twice under until up within".split()
)
"""Words that change the number or day beside them: over 40 is not 40, nor is nearly 40; before May is not May."""

UNITS_OF_MEASURE = tuple(
    "days degrees goals hours metres meters miles minutes months others percent points times votes weeks years".split()
)
