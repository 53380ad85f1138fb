"""Words that ask for a sum, a comparison or a superlative, and words that only hedge a number."""

from qa.english.grammar import one_of
from qa.english.numbers import NUMBERS, SCALES

COMPARATIVES = (
    r"(?:more|less|fewer|longer|shorter|higher|lower|larger|smaller|bigger|older|younger|cheaper|heavier|lighter|faster"
    r"|slower|earlier|later|taller|deeper|wider|narrower|richer|poorer|warmer|colder|hotter|greater)"
)
"""A pattern of words that compare by a figure."""

_HEDGES = r"(?:more|less|fewer|later|earlier|longer|higher|older)"

HEDGED = (
    rf"(?:{_HEDGES} than (?=\d|[£$€]|an?\b|half\b|once\b|twice\b|just\b|only\b|{one_of([*NUMBERS, *SCALES])})"
    r"|\bno (?:more|later|longer)\b|\bor (?:more|less|later|earlier)\b|\bmore or less\b)"
)
"""A pattern of comparatives that hedge a number and compare nothing: more than 200 people, two or more."""

SUPERLATIVES = (
    r"(?:(?!priest)\w{2,}iest|(?:larg|small|bigg|great|old|young|high|low|tall|long|short|deep|shallow|wid|broad|narrow"
    r"|thick|thinn|light|fast|slow|quick|cheap|dear|rich|poor|hott|cold|warm|cool|wett|near|farth|furth|clos|steep|few"
    r"|loud|dens|rar)est)"
)
"""A pattern of superlatives that figures decide."""

MOST = (
    r"(?:(?<!\bat )(?:most|least|fewest)(?=\W*\Z| (?:in|on|at|for|during|since)\b)|the (?:most|least|fewest)(?! of\b)"
    r"(?! (?:likely|\w+ly|\w+(?:ant|ent|ful|ous|ible|ive|ic|ed|ing|ary|al|ar))\b(?<!expensive)(?<!populous)))"
)
"""A pattern of most and least, where they ask for a number and not for how something is: most important, at most."""

SUMS = (
    r"(?:in total|altogether|combined|(?:the )?total|(?:the|a) (?:sum total|mean)|average|add(?:s|ed)? up"
    r"|sum(?= of\b|\W*\Z)"
    r"|(?:how (?:many|much|long)|costs?|earn(?:s|ed)?|weigh(?:s|ed)?|pay|paid|worth)\b.*\btogether)"
)
"""A pattern of words for a sum or an average; the last of them is the one that a text may share."""

SYNONYMS = (
    ("largest", "biggest", "greatest", "main"),
    ("smallest", "least", "fewest"),
    ("earliest", "first"),
    ("earliest", "oldest"),
    ("highest", "tallest", "peak", "maximum", "record"),
    ("fastest", "quickest"),
    ("richest", "wealthiest"),
    ("cheapest", "lowest"),
    ("lowest", "minimum"),
)
"""Superlatives that say the same of a figure."""
