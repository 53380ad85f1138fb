"""How people ask about the answer that they were given, as patterns without closing punctuation."""

DOUBTS = (
    r"(?:are|r) (?:you|u|we) (?:really |quite |absolutely |100 ?% |totally |completely )?(?:sure|certain|positive)"
    r"(?: (?:about|of) (?:that|this|it))?|you sure|really"
    r"|is (?:that|this|it) (?:really |actually )?(?:so|true|right|correct|certain|sure|a fact)"
    r"|how (?:do|can|could) you (?:know|tell)(?: that| this)?|how sure (?:are you|is that)"
    r"|(?:can|could) you prove (?:that|it|this)|prove (?:it|that)|where does it say (?:that|so|this)|says where"
    r"|where (?:is|does) (?:that|this|it) (?:from|stated|written|said|come from)"
)
"""How people doubt an answer or ask for its proof."""

EXPLAIN = (
    r"(?:(?:please |can you |could you )?(?:explain|elaborate|clarify)"
    r"(?: (?:that|this|it|on that|further|more|please|to me))*"
    r"|how (?:so|come)|(?:(?:can|could) you )?(?:tell|say|give)(?: me| us)?(?: a bit| a little| some)? more"
    r"(?: (?:about (?:that|it|this)|details?|context))?|more(?: (?:about (?:that|it|this)|details?|context|please))?"
    r"|go on|continue|what (?:does|do) (?:that|this|it) mean|what do you mean(?: by (?:that|this))?|in what way"
    r"|meaning(?: what)?|what else does it say(?: about (?:it|that|this))?|context|details)"
)
"""How people ask for more about an answer."""

AFTERWARDS = (
    r"(?:what (?:happened|happens|came|comes|was|is) )?(?:next|then|afterwards?|after(?: (?:that|this|it))?)"
    r"|what followed"
)
"""How people ask what came after an answer."""

BEFOREHAND = r"(?:what (?:happened|came|was) )?(?:beforehand|earlier|before(?: (?:that|this|it))?)"
"""How people ask what came before an answer."""

SAYS_WHO = (
    r"(?:who|whom) (?:says?|said|claims?|claimed|states?|stated|told)(?: (?:so|that|this|it))?"
    r"|says? who|according to (?:who|whom)|by whom (?:is|was) (?:that|this|it) (?:said|claimed|stated)"
    r"|whose (?:words|claim|statement) (?:is|are|was|were) (?:that|this|it|these|those)"
    r"|who is (?:the )?(?:source|speaker)"
)
"""How people ask who makes the statement that an answer rests on."""
