"""How people greet, thank and ask, as patterns."""

GREETINGS = (
    r"(?:hi|hello|hey|hallo|hiya|howdy|greetings|welcome|good day|(?:good )?(?:morning|afternoon|evening)|dear \w+)"
    r"(?: there| all| everyone| everybody| again| cited)?"
)
"""How people greet, as a pattern."""

THANKS = (
    r"(?:many |so |ok,? |great,? )?(?:thanks|thank you|thx|ty|ta|cheers)(?: (?:a (?:lot|million|bunch|ton)|loads"
    r"|(?:ever )?so much|very much|in advance|again|anyway|everyone|mate|guys|pal))?"
    r"(?: for (?:your |the |any )?(?:help|answer|time|reply))?"
)
"""How people thank, as a pattern."""

REQUESTS = (
    r"(?:please )?(?:(?:can|could|would|will|may|might) (?:you|i|we)(?: please| kindly| perhaps| possibly)*"
    r" (?:tell|say|show|explain|ask|find out|look up|check|know)(?: to)?(?: me| us| you)?(?: please)?"
    r"|(?:please )?(?:tell|inform)(?: me| us)|let me know|do you (?:happen to )?know|does (?:it|the text) say"
    r"|i(?: would|['’]d)?(?: just| really)? (?:like|want|wanted|need)(?: to)?"
    r"(?: know| ask| find out| learn| hear)(?: about)?"
    r"|i(?: was|['’]m| am)? (?:wonder|wondering|curious|asking)|(?:any|have you an|do you have any) idea|my question is"
    r"|what i want to know is)"
)
"""How people ask for an answer before they ask their question, as a pattern."""
