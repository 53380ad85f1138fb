"""Words that say how a statement stands to the facts: denied, negated, not done, asked, planned, doubted."""

import re

from qa.english.numbers import NUMBERS, SCALES

DENIED = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|reject(?:s|ed|ing)?|disput(?:e|es|ed|ing)|refut(?:e|es|ed|ing)|dismiss(?:es|ed|ing)?"
    r"|rul(?:es?|ed|ing) out|contradict(?:s|ed|ing)?|(?<!no )(?<!beyond )doubt(?:s|ed|ing)?(?! whether)"
    r"|disbeliev(?:e|es|ed)|disprov(?:e|es|ed)|debunk(?:s|ed)?"
    r"|no (?:evidence|proof|sign|trace|truth|record)|false(?:ly)?|not true|untrue|nonsense|wrongly|mistakenly"
    r"|(?:an? )?(?:earlier|previous|old|first) version of (?:this|the|our|that) \w+(?: \w+)? (?:\w+ly )?"
    r"(?:said|says|stated|gave|named|called|referred to|put|reported|misstated|misspelled|misidentified)"
    r"|erroneously|(?:(?:is|are|was|were|been)\s+)?(?:found\s+)?(?:cleared|acquitted|innocent|not guilty)(?=\s+of\b)"
    r"|(?:a|no more than a) myth|thr(?:ew|own?) out"
    r"|unlikely)\b(?:\s+(?:that|of|for))?",
    re.IGNORECASE,
)
"""Words that deny all that follows them in their sentence."""

_BE = r"(?:is|are|was|were|be|been|has|have|had|do|does|did|can|could|will|would|should|may|might|must|need)"

NEGATED = re.compile(
    rf"\b(?:{_BE}\s+(?:not(?!\s+(?:only|least)\b)|never|no longer|nowhere|neither|in no way)"
    r"(?:\s+(?:yet|been|be|have|ever))*"
    r"|(?:is|are|was|were|has|have|had|do|does|did|ca|could|wo|would|should|must|need)n[’']t(?:\s+(?:yet|been|be|ever))*"
    r"|cannot|never|no longer|in no way|hardly|scarcely|few(?=\s+(?:people )?(?:believe|think|say)\b)"
    r"|not(?!\s+(?:only|least|more than|less than|fewer than|later than|until)\b)"
    r"|(?:nobody|none|no one|nothing)(?!\s+(?:but|except|other than)\b)|neither|nowhere"
    r"|no(?=\s+[a-z])(?!\s+(?:more|fewer|less|later|sooner|earlier|doubt|one (?:but|except)|other)\b))\b",
    re.IGNORECASE,
)
"""Words that negate their clause."""

_AMOUNT = "|".join((*NUMBERS, *SCALES))

UNDONE = re.compile(
    r"\b(?:fail(?:s|ed|ing|ure)? to|(?:has|have|had|is|are|was|were) yet to|f(?:a|e)ll(?:s|en)? (?:\w+ )?short of"
    r"|stop(?:s|ped|ping)? short of|refus(?:e|es|ed|ing|al)(?: to)?|(?:is|are|was|were|been) unable to"
    r"|declin(?:e|es|ed|ing)(?=\s+(?:to (?:be )?[a-z]|the|an?|his|her|its|their|all|any)\b)(?: to)?"
    r"|(?:prevent|stop|keep|kept|ban|barr?|exclud|prohibit)(?:s|ed|ped|ned|red)?(?: \w+)? from"
    r"|forb(?:id|ids|ade|idden)(?: to)?|(?:narrowly )?(?:escap|avoid)(?:e|es|ed|s|ing)?(?! from)|turn(?:s|ed|ing)? down"
    r"|miss(?:es|ed)?(?=\s+(?:the|an?|his|her|its|their)\b)|c(?:a|o)mes? (?:close|near) to|on the (?:verge|brink) of"
    r"|(?:decid|vot|advis|argu|rul|warn|speak|spoke|campaign)(?:e|es|ed|s|n)? against|oppos(?:e|es|ed|ing)(?! by)"
    r"|(?:is|are|was|were|been) banned|cancel(?:s|led|ed|ling)?|call(?:s|ed|ing)? off|lack(?:s|ed)?(?! of)"
    r"|(?:(?:is|are|was|were|be|been|has|have|had)\s+)?(?:almost|nearly)"
    rf"(?=\s+[a-z])(?!\s+(?:as|all|every|any|an?|the|half|twice|always|never|\w+ly|{_AMOUNT})\b))(?!\w)",
    re.IGNORECASE,
)
"""Words that say of what belongs to them that it was not done, or did not come about."""

WITHOUT = re.compile(
    r"\bcontrary to(?P<claim>[^,;.]*)|\b(?:without|far from|instead of|rather than|unlike|except(?: for)?|apart from"
    r"|all (?:\w+ )?but)(?P<object>"
    r"(?:\s+(?!(?:in|on|at|by|for|since|until|during|after|before|when|where|who|which|that)\b)[\w'’-]+){1,6})",
    re.IGNORECASE,
)
"""Words that exclude what follows them, their object or a claim, and nothing else."""

_IT = r"(?:it|this|that|these|those|they|he|she|i|we|none of (?:it|this|that|them)|neither)"
_STORY = r"(?:the|this|that|these|those|his|her|their|both|all)(?: [\w’'-]+){1,2}"
_CLAIM = r"(?:this|that|it|both|them|him|her|the (?:claim|story|report|allegation|rumour|idea|charge)s?)"
_PLAN = (
    r"the (?:proposal|motion|request|idea|suggestion|application|plan|scheme|offer|amendment|bid|appeal|date|event"
    r"|meeting|vote|order|deal)s?"
)
_FALSE = (
    r"(?:an? |the )?(?:\w+ly )?(?:false|untrue|not true|wrong|mistaken|denied|incorrect|not so|not the case|unfounded"
    r"|baseless|disproved|disproven|refuted|retracted|acquitted|cleared|exonerated|exaggerated|nonsense"
    r"|(?:lie|myth|fabrication|mistake|error|rumour|fake|invention)s?|hoax(?:es)?)"
)

TAKEN_BACK = re.compile(
    r"(?:(?:A|[A-Z][\w.]{1,20})\s?:\s+)?(?:(?:but|however|yet|in fact|and|now)[, ]\s*)?(?:"
    rf"{_IT} (?:(?:did|does|do|has|have|had|was|were|is|are|will|would)(?: not|n[’']t)|never (?:did|has|have|was|were))"
    r"(?=[.!;,]|\s*\Z)"  # it never did
    rf"|(?:{_IT}|{_STORY}) (?:(?:is|are|was|were|has|have|had|been|be|turned out to be|proved(?: to be)?|later|since"
    rf"|now|soon|then)\s+)+{_FALSE}\b(?! that)"  # this has since proved to be a hoax
    r"|(?:nothing|nobody|no one|no [\w’'-]+(?: [\w’'-]+)?|few)(?: \w+){0,4} (?:support|confirm|believe|bear|back)"
    rf"(?:s|ed|d)? {_CLAIM}\b"  # nothing in the records supports this
    r"|[\w’' -]{1,60}? (?:doubt|deny|deni|disput|reject|contradict|refut|dismiss|disprov|rule|exclud)(?:s|e|ed|es|d)?"
    rf"(?: out)? {_CLAIM}(?=\s*(?:[.,;!?]|\Z|(?:and|but|on|in|as|at)\b))"  # our doctors doubt this
    rf"|[\w’' -]{{1,60}}? (?:calls?|called|says?|said) {_CLAIM}(?: (?:is|are|was|were))? {_FALSE}\b"
    r"|(?:no|never|not at all|not (?:quite|yet|true|so)|far from it|on the contrary|nonsense|wrong)[.!,;]"
    r"|i was never)",
    re.IGNORECASE,
)
"""The beginning of a sentence, or of a clause, that takes back what was said just before it."""

CHANGED = re.compile(
    rf"(?:(?:but|however|yet|and|now|later)[, ]\s*)?(?:(?:it|this|that|they|these|those|both|{_PLAN})"
    r" (?:(?:is|are|was|were|has|have|had|been|be|later|since|now|soon|then|\w+ly)\s+)+"
    r"(?:moved|postponed|put off|put back|brought forward|cancelled|called off|withdrawn|dropped|abandoned|rejected"
    r"|turned down|refused|scrapped|shelved|reversed|overturned|changed|delayed|revoked|rescinded|voted down|dismissed"
    r"|defeated)"
    r"|[\w’' -]{1,60}? (?:decid|vot|sp(?:o|ea)k|argu|advis|rul)(?:e|es|ed|s|d)? against (?:it|this|that|them)\b)",
    re.IGNORECASE,
)
"""The beginning of a sentence, or of a clause, that says that what was planned just before it did not come about."""

OUTCOME = re.compile(
    rf"\b(?:{_PLAN}|it|this) (?:(?:was|were|is|are|has been|have been|not|never|\w+ly) )+"
    r"(?:rejected|accepted|approved|adopted|agreed|carried|defeated|refused|granted|dropped|withdrawn|dismissed"
    r"|turned down|voted down|postponed|put off|passed|seconded|supported|put to (?:a|the) vote)\b"
    rf"|\b(?:{_PLAN}|it|this) (?:\w+ly )?(?:fell|failed|lapsed|passed|was lost|found no \w+)\b",
    re.IGNORECASE,
)
"""Words that say what became of a proposal or a request."""

ASKED = re.compile(
    r"\b(?:(?:ask|asks|asked|asking|wonder|wonders|wondered|inquired?|enquired?|question|questions|questioned|consider"
    r"|considers|considered|considering|discuss|discusses|discussed|investigate[sd]?|investigating|examine[sd]?"
    r"|check(?:s|ed)?|doubtful|debate[sd]?"
    r"|decide[sd]?|unclear|unknown|uncertain|open|unsure|not known|not clear)\b[^.;]{0,60}?\b(?:whether|if)|whether)\b",
    re.IGNORECASE,
)
"""Words that ask for what follows them and do not state it."""

_ANYBODY = r"(?:the|a|an|any|this|that|these|those|his|her|its|their|he|she|it|they|we|you|I|[A-Z]\w+)"

CONDITIONS = re.compile(
    r"(?<![\w-])(?:(?<!as )[Ii]f|[Uu]nless|[Oo]nly if"
    r"|[Pp]rovided(?: that)?(?= (?:the|a|an|he|she|it|they|we|you|that)\b)"
    r"|[Oo]n condition that|[Ii]n case|[Aa]s long as|[Aa]ssuming(?: that)?|[Ww]ere it not for"
    rf"|Should(?=\s+{_ANYBODY}\b)"
    rf"|(?:(?<=\A)|(?<=[.;:!?\n]\s)|(?<=[.;:!?\n]\s\s)|(?<=\n))[Hh]ad(?=\s+{_ANYBODY}\b[^.;?!]*\b(?:would|could|might)\b))(?!\w)"
)
"""Words that make what belongs to them a condition."""

OTHERWISE = re.compile(
    r"(?:\A|(?<=[;,:.]\s)|(?<=—\s)|(?<=–\s))(?:and |but )?(?:otherwise|failing (?:that|this|which)|or else|in that case"
    r"|if (?:so|not))\b,?\s",
    re.IGNORECASE,
)
"""Words that make what follows them depend on a condition before them."""

PLANNED = re.compile(
    r"\b(?:(?:(?-i:will|may)|would|shall|should|could|might|is going to|are going to|was going to|were going to)"
    r"(?:\s+(?:also|only|then|now|soon|probably|possibly|not|be|have|have been|\w+ly))*"
    r"|(?:is|are|was|were)\s+to(?=\s+(?:be\b|have\b|[a-z]+))"
    r"|(?:(?:is|are|was|were|been|be|has|have|had)\s+){0,2}(?:expected|planned|scheduled|due|set|supposed|meant|intended|proposed|hoped"
    r"|likely|estimated|forecast|projected|slated|about)\s+(?:to(?:\s+be)?|(?<!about )(?:for|at|in|on))"
    r"|(?:nominated|shortlisted|applied|apply|applies|calls?|called|calling|appeal(?:s|ed)?) for|on the point of"
    r"|(?:talks|negotiations) (?:about|on|over|with)"
    r"|(?:(?:has|have|had|is|are|was|were|been)\s+){0,2}(?:plan|plans|planned|planning|hope|hopes|hoped|intend|intends|intended|promise|promised|promises|want|wants|wanted"
    r"|propose|proposes|proposed|aim|aims|aimed|threaten|threatens|threatened|tried|tries|try|attempt|attempts|attempted"
    r"|seek|seeks|sought|offer|offers|offered|agree|agrees|agreed|vow|vows|vowed|pledge|pledges|pledged|wish|wishes|wished"
    r"|decide|decides|decided|ready|willing|prepared|eager|call|calls|called|recommend|recommends|recommended|demand"
    r"|demands|demanded)\s+(?:to(?! (?:the|an?|his|her|its|their|him|it|them|me|us)\b)|for(?= [^.;]{0,80}\bto\b)|that)"
    r"|(?:consider|discuss|debat|contemplat|propos|suggest|recommend)(?:s|es|ed|e|ing)?(?= \w+ing\b)"
    r"|(?:(?:has|have|had)\s+)?(?:is|are|was|were|been|being)\s+(?:proposed|planned|envisaged|requested|considered)"
    r"(?=\s*(?:[.,;]|by\b|in\b|\Z))"
    r"|(?:wants?|wanted|hop(?:es?|ed) for|ask(?:s|ed)? for|request(?:s|ed)?)(?=\s+(?:an?|the|more|new|two|three)\s)"
    r"|thought (?:of|about)"
    r"|(?:plan|plans|hopes?|bid|attempts?|proposals?|promise|intention|threat|vow|offer) (?:for|of|to)"
    r"|(?<!in )(?:urg|advis|invit|instruct|order|ask|tell|told)(?:e|es|ed|d|s)?(?:\s+[\w'’]+){0,4}?\s+to(?=\s+[a-z]+)"
    r"(?! (?:the|an?|his|her|its|their)\b))\b",
    re.IGNORECASE,
)
"""Words that say that something is planned, possible, wanted or expected, and not that it is so."""

DOUBTED = re.compile(
    r"\b(?:allegedly|reportedly|supposedly|apparently|perhaps|maybe|possibly|probably|presumably|rumou?r(?:s|ed)?"
    r"|(?-i:I) (?:think|suppose|guess|believe)(?: that)?"
    r"|it (?:is|was|has been) (?:\w+ )?(?:said|believed|thought|alleged|claimed|rumou?red|suspected|suggested)"
    r"(?: that)?"
    r"|(?:is|are|was|were|been) (?:\w+ )?(?:said|believed|thought|alleged|suspected|accused|claimed|rumou?red|charged"
    r"|reported|understood) (?:to|of|with)"
    r"|(?<!than )(?:once|long|previously) (?:thought|believed)|used to (?:think|believe)|pretend(?:s|ed|ing)? to"
    r"|imagine[sd]?(?: that)?"
    r"|(?:legend|tradition|rumou?r) has it(?: that)?|(?:people|some(?: \w+)?|many(?: \w+)?) (?:say|believe|think|claim)"
    r"|(?:suggest|believe|suspect|alleg|claim|speculat)(?:s|es|ed|e)?"
    r"(?=\s+(?:that|the|he|she|it|they|his|her|its|to have|[A-Z]\w+)\b)"
    r"|(?:refus|declin)(?:e|es|ed|ing) to (?:confirm|say)(?: that)?"
    r"|neither confirm(?:s|ed)? n?or den(?:y|ies|ied)(?: that)?"
    r"|(?:can|could|would|will|did|does|do)(?: not|n[’']t) confirm(?: that)?"
    r"|(?:allegation|claim|suggestion|suspicion|rumou?r|story|stories|tale|theory|idea|fear|belief)s?(?: \w+){0,4} that"
    r"|(?-i:Reports?) (?:that|of)|(?-i:Talk) of|accus(?:es?|ed) (?:\w+ ){1,3}of)\b(?: that)?",
    re.IGNORECASE,
)
"""Words that leave it open whether what they belong to is so."""

CLAIMED = re.compile(
    r",[\"”’]?\s+(?:(?:[\w’'.-]+\s+){1,5}(?:claim|alleg|suspect|suggest|speculat|believ)(?:s|es|ed|e)?"
    r"|(?:claim|alleg|suggest)(?:s|es|ed|e)\s+(?:[\w’'.-]+\s*){1,6}|it (?:is|was) (?:claimed|alleged|said|believed)"
    r"|as (?:is|was) (?:\w+ )?(?:claimed|said|believed|thought)"
    r"|perhaps|maybe|possibly|probably|presumably|apparently|allegedly|reportedly|supposedly|it seems"
    r"|(?:I|we) (?:think|believe|suppose|guess))(?=[.,;]|\Z)"
)
"""Words behind a clause that leave it open whether it is so."""

REPLIED = re.compile(r"\b(?:repl(?:y|ies|ied)|answer(?:s|ed)?|respond(?:s|ed)?|declin(?:e|es|ed)|refus(?:e|es|ed))\b")
"""Words that report a reply, or that there was none."""

LEFT = re.compile(
    r",?\s+(?:(?:has|have|had|then|later|since)\s+)*(?:(?:resigned|retired|stepped down|stood down|quit|died)\b"
    r"|(?:was|were|been) (?:dismissed|sacked|removed|replaced|succeeded|ousted|voted out)\b)"
)
"""Words behind a name which say that its bearer holds an office no more."""

UNKNOWN = re.compile(
    r"\b(?:(?:(?:could|can|may)(?:not| not)(?: yet| now)?"
    r"|(?:no|none|nobody|nothing|neither|nowhere)\b[^.;]{0,40}\b(?:could|can|may))"
    r" be (?:found|determined|located|identified|confirmed|verified|traced|reached|established|told)"
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
    r"|no decision"
    r"|no (?:cause|reason|explanation|details?|figures?|date|comment|answer|information)s? (?:\w+ )?(?:has|have|was)"
    r"(?: yet)?(?: been)? (?:given|offered|stated|released|provided|published)|no (?:details|comment)"
    r"|(?:gave|gives|given|offered|provided) no (?:cause|reason|explanation|details?|date|answer)s?"
    r"|without (?:giving|stating) (?:a|any|the|his|her|its|their) (?:reason|cause|explanation)s?"
    r"|nobody (?:has|had) (?:said|explained|counted|measured|recorded)|(?:unavailable|not available) for comment"
    r"|not(?: yet| been| publicly)* (?:explained|disclosed|revealed|specified|recorded|measured|counted|estimated"
    r"|established|made public)|yet to be \w+|remains? to be seen|mislaid"
    r"|remains? (?:unsolved|unexplained|unanswered|unresolved))\b",
    re.IGNORECASE,
)
"""Words with which a text says that it does not know, or that somebody did not say."""
