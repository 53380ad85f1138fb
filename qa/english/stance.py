"""Words that say how a statement stands to the facts: denied, negated, asked, planned, doubted."""

import re

DENIED = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|reject(?:s|ed|ing)?|disput(?:e|es|ed|ing)|refut(?:e|es|ed|ing)|dismiss(?:es|ed|ing)?"
    r"|rul(?:es?|ed|ing) out|contradict(?:s|ed|ing)?|doubt(?:s|ed|ing)?|disbeliev(?:e|es|ed)|disprov(?:e|es|ed)"
    r"|no (?:evidence|proof|sign|trace|truth|record)|false(?:ly)?|untrue|nonsense|wrongly)\b(?:\s+(?:that|of|for))?",
    re.IGNORECASE,
)
"""Words that deny all that follows them in their sentence."""

NEGATED = re.compile(
    r"\b(?:(?:is|are|was|were|be|been|has|have|had|do|does|did|can|could|will|would|should|may|might|must|need)\s+"
    r"(?:not|never|no longer|nowhere|neither)(?:\s+(?:yet|been|be|have|ever))*"
    r"|(?:is|are|was|were|has|have|had|do|does|did|ca|could|wo|would|should|must|need)n[’']t(?:\s+(?:yet|been|be|ever))*"
    r"|cannot|never|no longer|not|nobody|none|no one|nothing|neither|nowhere|no(?=\s+[a-z]))\b",
    re.IGNORECASE,
)
"""Words that negate their clause."""

ASKED = re.compile(
    r"\b(?:(?:ask|asks|asked|asking|wonder|wonders|wondered|inquired?|enquired?|question|questions|questioned|consider"
    r"|considers|considered|discuss|discusses|discussed|investigate[sd]?|investigating|examine[sd]?|check(?:s|ed)?"
    r"|decide[sd]?|unclear|unknown|uncertain|open|unsure|not known|not clear)\b[^.;]{0,60}?\b(?:whether|if)|whether)\b",
    re.IGNORECASE,
)
"""Words that ask for what follows them and do not state it."""

CONDITIONS = re.compile(
    r"(?<![\w-])(?:[Ii]f|[Uu]nless|[Pp]rovided that|[Oo]n condition that|[Ii]n case|[Aa]s long as|[Aa]ssuming(?: that)?"
    r"|Should(?=\s+(?:the|a|an|any|this|that|these|those|he|she|it|they|we|you|[A-Z]\w+)\b))(?!\w)"
)
"""Words that make what belongs to them a condition."""

PLANNED = re.compile(
    r"\b(?:(?:(?-i:will|may)|would|shall|should|could|might|is going to|are going to|was going to|were going to)"
    r"(?:\s+(?:also|only|then|now|soon|probably|possibly|not|be|have|have been|\w+ly))*"
    r"|(?:is|are|was|were)\s+to(?=\s+(?:be\b|have\b|[a-z]+))"
    r"|(?:is|are|was|were|been|be)?\s*\b(?:expected|planned|scheduled|due|set|supposed|meant|intended|proposed|hoped"
    r"|likely|estimated|forecast|projected|slated)\s+(?:to(?:\s+be)?|for|at|in|on)"
    r"|(?:plan|plans|planned|hope|hopes|hoped|intend|intends|intended|promise|promised|promises|want|wants|wanted"
    r"|propose|proposes|proposed|aim|aims|threaten|threatens|threatened)\s+(?:to|for|that))\b",
    re.IGNORECASE,
)
"""Words that say that something is planned, possible or expected, and not that it is so."""

DOUBTED = re.compile(
    r"\b(?:allegedly|reportedly|supposedly|apparently|perhaps|possibly|probably|presumably|rumou?r(?:s|ed)?"
    r"|it (?:is|was|has been) (?:\w+ )?(?:said|believed|thought|alleged|claimed|rumou?red|suspected|suggested)"
    r"(?: that)?"
    r"|(?:is|are|was|were|been) (?:\w+ )?(?:said|believed|thought|alleged|suspected|accused|claimed|rumou?red)"
    r" (?:to|of)"
    r"|(?:legend|tradition|rumou?r) has it(?: that)?|(?:people|some(?: \w+)?|many(?: \w+)?) (?:say|believe|think|claim)"
    r"|(?:suggest|believe|suspect|alleg|claim|speculat)(?:s|es|ed|e)?(?= (?:that|the|he|she|it|they|his|her|its)\b)"
    r"|(?:allegation|claim|suggestion|suspicion|rumou?r)s?(?: \w+){0,4} that)\b(?: that)?",
    re.IGNORECASE,
)
"""Words that leave it open whether what they belong to is so."""

REPLIED = re.compile(r"\b(?:repl(?:y|ies|ied)|answer(?:s|ed)?|respond(?:s|ed)?|declin(?:e|es|ed)|refus(?:e|es|ed))\b")
"""Words that report a reply, or that there was none."""

UNKNOWN = re.compile(
    r"\b(?:(?:could|can|may)(?:not| not)?(?: yet| now)? be (?:found|determined|located|identified|confirmed|verified"
    r"|traced|reached|established|told)"
    r"|(?:is|are|was|were|remains?|stays?)(?: \w+)? (?:unknown|unclear|uncertain|undecided|unidentified|vacant)"
    r"|(?:is|are|was|were|been) not(?: yet| been| publicly)* (?:known|clear|certain|recorded|decided|stated|disclosed"
    r"|identified|available|published|found|given|preserved|documented)"
    r"|(?:has|have|had)(?: not| never)(?: yet| ever)* been (?:found|decided|identified|published|determined|explained"
    r"|disclosed|recorded|solved|settled|named|announced)"
    r"|nobody knows|no one knows|no trace|no record|a mystery"
    r"|(?:declin|refus)(?:e|es|ed|ing) to (?:say|comment|answer|confirm|give|provide|name|disclose|reveal|discuss)"
    r"|(?:did|do|does|has|have|had|would|will|could|can)(?: not|n[’']t) (?:say|said|answer|answered|reply|replied"
    r"|respond|responded|comment|commented|confirm|confirmed|disclosed?|know|tell)"
    r"|too early to (?:say|tell|know)|never (?:found|identified|explained)|not (?:yet )?(?:known|decided|clear|certain)"
    r"|no decision)\b",
    re.IGNORECASE,
)
"""Words with which a text says that it does not know, or that somebody did not say."""
