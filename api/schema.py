"""What programs send and get, as JSON. The description at `/v1/openapi.json` is made of these models."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

_STRICT = ConfigDict(extra="forbid")

Ids = Annotated[
    list[Annotated[str, Field(max_length=100)]] | None,
    Field(max_length=10_000, description="Ids of the documents to ask, as `/v1/documents` lists them; by default all."),
]

Asked = Annotated[str, Field(description="A question in English, of at most 1,000 characters.")]


class Question(BaseModel):
    """A question about the documents."""

    model_config = _STRICT

    question: Asked
    documents: Ids = None
    min_confidence: Annotated[
        float | None,
        Field(ge=0, le=1, description="Give no answer that is less sure than this; by default the fitted threshold."),
    ] = None


class Search(BaseModel):
    """A search for passages."""

    model_config = _STRICT

    question: Asked
    documents: Ids = None
    k: Annotated[int, Field(ge=1, le=100, description="Passages to return at most.")] = 10


class Removal(BaseModel):
    """The document to remove."""

    model_config = _STRICT

    document: Annotated[str, Field(max_length=100, description="Its id.")]


class Renaming(BaseModel):
    """A document, and its new title."""

    model_config = _STRICT

    document: Annotated[str, Field(max_length=100, description="Its id, which stays.")]
    title: Annotated[str, Field(max_length=1000, description="One line, of at most 300 characters.")]


class Card(BaseModel):
    """An evidence card to check."""

    model_config = _STRICT

    card: Annotated[str, Field(description="The HTML of the card, as the page saves it.")]


class Citation(BaseModel):
    """A place in a document and the quote at that place. Offsets count Unicode code points."""

    document: Annotated[str, Field(description="The document's id.")]
    title: str
    source: Annotated[str, Field(description="Where the document came from, such as a file's name.")]
    date: Annotated[str | None, Field(description="When it was published, in ISO 8601, if it says so.")]
    place: Annotated[str, Field(description="The page, section or line, in words.")]
    role: str
    line: int
    start: int
    end: int
    quote: Annotated[str, Field(description="The document's text from `start` to `end`.")]


class Attribution(BaseModel):
    """Who makes the statement: a named speaker, an unnamed one, or the document itself."""

    reported: bool
    speaker: Citation | None


class Evidence(BaseModel):
    """The answer of one document, and the sentence that proves it."""

    confidence: float
    stance: str
    superseded: bool
    answer: Citation
    sentence: Citation


class RankedPassage(BaseModel):
    """A passage that was found for a question, and the probability that it is on its topic."""

    document: str
    title: str
    start: int
    end: int
    text: str
    relevance: float


class Answer(BaseModel):
    """What the documents say. An empty `text` means that they do not state an answer."""

    model_config = ConfigDict(extra="allow")

    question: str
    form: str
    understood: Annotated[str, Field(description="The question as it was asked, if that differs from `question`.")]
    text: Annotated[str, Field(description="The answer, a slice of a document; empty: not stated.")]
    confidence: Annotated[float, Field(description="The probability that the best answer found is right.")]
    stance: Annotated[str, Field(description="How the document states it, such as `stated`, `denied` or `planned`.")]
    nearest: Annotated[
        Citation | None, Field(description="If nothing is stated, the sentence that comes nearest; it is no answer.")
    ]
    missing: Annotated[list[str], Field(description="Words of the question that no document holds.")]
    note: str
    parts: Annotated[list["Answer"], Field(description="The answers to the parts of a question that is several.")]
    items: Annotated[list[Citation], Field(description="The members of a list that answers.")]
    citations: Annotated[list[Citation], Field(description="What proves the answer: its words, then their sentence.")]
    attribution: Attribution | None
    claims: Annotated[list[list[Evidence]], Field(description="Documents that agree form one claim; the best first.")]
    passages: Annotated[list[RankedPassage], Field(description="The passages found, the best first.")]


class Hit(BaseModel):
    """A passage that was found by a search. Its score is comparable within one search only."""

    document: str
    title: str
    source: str
    place: str
    start: int
    end: int
    text: str
    score: float


class Hits(BaseModel):
    """The passages found, the best first."""

    passages: list[Hit]


class Document(BaseModel):
    """A document of the collection."""

    id: str
    title: str
    source: str
    characters: int


class Documents(BaseModel):
    """All documents, in the order in which they were added."""

    documents: list[Document]


class Added(BaseModel):
    """What became of a file."""

    outcome: Annotated[str, Field(description="What was done, and what of the file was not read, in words.")]
    document: Annotated[str, Field(description="The id of its document.")]


class Removed(BaseModel):
    """The document that was removed."""

    document: str


class Finding(BaseModel):
    """The standing of one quote of a card: `found`, `moved`, `not found` or `not compared`."""

    standing: str
    quote: str
    named: str
    document: str | None
    was: list[int]
    now: list[int] | None
    instead: Citation | None


class Findings(BaseModel):
    """A finding for each quote, in the card's order."""

    findings: list[Finding]


class Problem(BaseModel):
    """What went wrong."""

    message: Annotated[str, Field(description="One sentence, which can be shown to people.")]
    type: str


class Fault(BaseModel):
    """The answer to a request that could not be answered."""

    error: Problem


class Message(BaseModel):
    """A message of a chat. Only text is read."""

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: str | list[dict[str, Any]] | None = None


class Completion(BaseModel):
    """A request of an OpenAI client. Settings that choose words, such as `temperature`, have nothing to choose."""

    model_config = ConfigDict(extra="allow")

    messages: Annotated[list[Message], Field(min_length=1, max_length=1000)]
    model: str = "cited"
    stream: bool | None = False
    n: int | None = 1
    stream_options: dict[str, Any] | None = None
