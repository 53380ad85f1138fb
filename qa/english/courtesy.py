"""How people greet, thank and ask, as patterns."""

GREETINGS = (
    r"(?:hi|hiy?a|hello|helo|hey|heya|hallo|howdy|greetings|welcome|good day|dear \w+"
    r"|(?:good )?(?:morning|afternoon|evening))"
    r"(?: there| all| everyone| everybody| again| cited)?"
)
"""How people greet, as a pattern."""

THANKS = (
    r"(?:many |so |ok,? |great,? )?(?:thanks|thank (?:you|u)|thx|thnx|thnks|thanx|tnx|tks|ty|ta|cheers)"
    r"(?: (?:a (?:lot|million|bunch|ton)|loads|(?:ever )?so much|very much|in advance"
    r"|again|anyway|everyone|mate|guys|pal))?"
    r"(?: for (?:your |the |any )?(?:help|answer|time|reply))?"
)
"""How people thank, as a pattern."""

PLEASE = r"(?:please|pleas|plese|pls|plz|plse)"
"""How people type "please", as a pattern."""

REQUESTS = (
    rf"(?:{PLEASE} )?(?:(?:can|could|would|will|may|might|cud|wud) (?:you|u|i|we)"
    rf"(?: {PLEASE}| kindly| perhaps| possibly)*"
    rf" (?:tell|say|show|explain|ask|find out|look up|check|know)(?: to)?(?: me| us| you)?(?: {PLEASE})?"
    rf"|(?:{PLEASE} )?(?:tell|inform)(?: me| us)|let me know|do (?:you|u) (?:happen to )?know"
    r"|does (?:it|the text) say"
    r"|(?:i(?: would|['’]d)?(?: just| really)? (?:like|want|wanted|need|wanna)|wanna)(?: to)?"
    r"(?: know| ask| find out| learn| hear)(?: about)?"
    r"|i(?: was|['’]m| am)? (?:wonder|wondering|curious|asking)|(?:any|have you an|do you have any) idea|my question is"
    r"|what i want to know is)"
)
"""How people ask for an answer before they ask their question, as a pattern."""
