"""What is answered. Nothing goes out that is not declared here."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

JsonObject = dict[str, Any]


class Answer(BaseModel):
    """A part of an answer: these fields and no others."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class MiniatureSummary(Answer):
    """One line of the list."""

    slug: str = Field(description="Its name in addresses.", examples=["hash-ring"])
    title: str
    area: str = Field(description="The part of the map that it belongs to.")
    version: int = Field(description="Raised whenever the same query may give another outcome.")


class Input(Answer):
    """Something that may be set: an input of a miniature or an argument of an action."""

    name: str
    kind: str = Field(description="whole, fixed, choice, flag, names, name, text, hex or seed.")
    label: str
    default: str | None = Field(description="As it would stand in a query; null where there is none.")
    unit: str
    help: str
    on: list[str] = Field(
        description="Things of the picture that stand for its values, by the beginnings of their keys."
    )
    allowed: str = Field(description="The bounds in words.")
    # `schema` is a method of every pydantic model.
    value_schema: JsonObject = Field(alias="schema", description="JSON Schema of the value.")


class Action(Answer):
    """Something that may be done, written `do=name:argument`."""

    name: str
    label: str
    timed: bool = Field(description="Whether it may happen at an instant: `do=@microseconds:name`.")
    help: str
    on: list[str] = Field(description="Things of the picture at which it stands though no argument names them.")
    dropped: str = Field(
        description="What is done when a thing is dropped on another, in words: the first argument’s on the second’s."
    )
    lifted: list[str] = Field(
        description="What is dropped though no argument stands for it: then the words name only what takes it."
    )
    thrown: list[str] = Field(description="Things with which it is done when they are dragged out of their place.")
    turned: str = Field(
        description="What is done when a thing is turned up or down, in words: the first argument’s, set to the second."
    )
    arguments: list[Input] = Field(description="In the order in which they are written.")


class CheckedAgainst(Answer):
    """What the miniature is compared with, by a test that also runs a version with a fault put in."""

    name: str
    compares: str
    strength: str
    ours: bool = Field(description="Whether the expected answers come from a second writing of the rules, by us.")
    evidence: JsonObject = Field(description="The figures of the last comparison, as the test wrote them.")


class Source(Answer):
    """A document that the miniature is written from."""

    name: str
    url: str


class Scenario(Answer):
    """A named preset."""

    name: str
    title: str
    query: str
    shows: str
    vs: str = Field(description="What stands beside it on its page (`vs=`); empty where it stands alone.")


class Limits(Answer):
    """How large a run may be."""

    steps: int = Field(description="A longer run stops there and says so in `stopped`.")
    actions: int
    query: int = Field(description="Characters of a query, percent-encoded.")
    fields: int = Field(description="Name=value pairs of a query.")


class MiniatureDetail(MiniatureSummary):
    """All that can be said about a miniature before it runs."""

    question: str
    rule: str = Field(description="The rule of the system in one sentence.")
    inputs: list[Input]
    actions: list[Action]
    outcome_schema: JsonObject = Field(description="JSON Schema of `outcome` in a run.")
    checked_against: list[CheckedAgainst]
    sources: list[Source]
    simplified: list[str] = Field(description="What it leaves out.")
    scenarios: list[Scenario]
    limits: Limits


class Metric(Answer):
    """One figure, spelled for a reader."""

    label: str
    value: str
    note: str


class Decision(Answer):
    """What was chosen for a thing, and in which step."""

    step: int
    thing: str
    choice: str


class Words(Answer):
    """A picture in words."""

    sentence: str
    head: list[str]
    rows: list[list[str]]


class Step(Answer):
    """One state, and what led to it."""

    narration: str
    text: list[Words] = Field(description="The state in words, one part for each picture.")
    file: str | None = Field(description="Source file that narrates, below `playground/`; null for step 0.")
    line: int | None
    function: str | None
    clock: int = Field(description="Microseconds of virtual time.")


class Run(Answer):
    """Everything that happened."""

    miniature: str
    version: int
    query: str = Field(description="The one spelling of this run: defaults left out, names in order.")
    outcome: JsonObject = Field(description="What the machine would answer; see `outcome_schema`.")
    metrics: list[Metric] = Field(description="Figures at the last step.")
    decisions: list[Decision]
    steps: list[Step]
    stopped: str | None = Field(description="Why the run was cut short and what to lower; null if it was not.")
    ignored: list[str] = Field(description="Names that mean something on a page (`theme`, `lang`), nothing here.")
