"""A question written by hand: what is kept of it, how it is frozen, and what an answer to it is worth.

There is one of it for all: it is frozen as the only variant of its item, in the same columns as a question that a
miniature makes, so that attempts, answers, results and regrades need not know the difference. Nothing in it runs.

As its source, in an item and in the file of a quiz:

    {"name": "acknowledgements", "prompt": "Which of these **acknowledge** what arrived?",
     "options": [{"text": "`TCP`", "right": true}, {"text": "`UDP`", "belief": "every transport is reliable"}],
     "because": "TCP numbers bytes and says which have come."}

`prompt` is Markdown, `text` Markdown of one line, the rest plain. An option is known by its letter, in the order in
which they are written; an answer is a set of letters (`quizzes.rules.several`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, NamedTuple

from playground.engine.verdict import Unreadable, Verdict, shortened
from quizzes.markdown import plain, plain_line
from quizzes.rules.several import LETTERS, chosen, share, spelled

FORM = "written"
"""Where the content of a miniature's question says `pick`, `choice` or `number`."""
FORMAT = 1
FEWEST, MOST = 2, len(LETTERS)
"""Options of a question."""
LONGEST_PROMPT, LONGEST_LINE, LONGEST_NAME = 2000, 300, 40
SHORT = 32
"""Characters of a name that is made of the prompt."""
UNSEEN = "There is a sign in it that cannot be seen. Type it once more."


@dataclass(frozen=True)
class Choice:
    """One option, as it is written."""

    text: str
    """Markdown of one line."""
    right: bool = False
    belief: str = ""
    """What somebody believes who takes it, a clause without a full stop; empty where nothing was written."""


class Option(NamedTuple):
    """One option, as answers know it."""

    value: str
    """Its letter."""
    text: str
    model: str
    """What answers are grouped by: its letter, empty for a right one."""
    belief: str

    @property
    def words(self) -> str:
        """What is believed or, where that was not written, the option itself."""
        return self.belief or f"{self.value}: {plain_line(self.text)}"


class Fault(NamedTuple):
    """What is wrong, and where: `prompt`, `options`, `options[1].text`."""

    place: str
    sentence: str


@dataclass(frozen=True)
class Written:
    """The whole question. Its right answer, beliefs and reason give the answer away."""

    prompt: str
    choices: tuple[Choice, ...]
    because: str = ""
    name: str = ""
    """What it is called in lists; made of the prompt where it is empty."""
    right: str = ""
    """The letters that hold, where they are others than those written: a regrade asks what an answer is worth then."""

    def __post_init__(self) -> None:
        if not self.right:
            object.__setattr__(self, "right", spelled(one.value for one in self.options if not one.model))

    form = FORM
    miniature, template = "", FORM
    """As a variant keeps them. Nothing of it runs."""

    @property
    def title(self) -> str:
        if self.name:
            return self.name
        words = plain(self.prompt)
        return words if len(words) <= SHORT else f"{words[:SHORT].rsplit(' ', 1)[0].rstrip(' ,.;:')}…"

    @property
    def words(self) -> str:
        """The prompt in one line, without its Markdown."""
        return plain(self.prompt)

    @property
    def options(self) -> tuple[Option, ...]:
        return tuple(
            Option(letter, one.text, "" if one.right else letter, one.belief)
            for letter, one in zip(LETTERS, self.choices, strict=False)
        )

    @property
    def several(self) -> bool:
        """Whether several options are written as right: then any number of them can be chosen."""
        return sum(one.right for one in self.choices) > 1

    # Answers.

    def read_value(self, text: str) -> str:
        """The one spelling of what somebody chose. Raises Unreadable with a sentence."""
        said = [one.strip() for one in text.split(",")]
        letters = {one.value for one in self.options}
        if strange := [one for one in said if one not in letters]:
            if not strange[0]:
                raise Unreadable("Choose one of the answers.")
            raise Unreadable(f"“{shortened(strange[0])}” is not one of the answers. Choose one of them.")
        if len(set(said)) > 1 and not self.several:
            raise Unreadable("One answer is right: choose one.")
        return spelled(said)

    def share(self, value: str) -> Fraction:
        """How much of an answer is right, from 0 to 1."""
        return share(value, self.right)

    def verdict(self, value: str) -> Verdict:
        """Whether it is exactly right. No run parts from another."""
        return Verdict(self.share(value) == 1, None, None)

    def taken(self, value: str) -> list[Option]:
        """The wrong options in an answer."""
        return [one for one in self.options if one.value in chosen(value) and one.model]

    def group(self, value: str) -> str:
        """What a wrong answer is grouped by: the wrong options in it; empty where right ones are lacking alone."""
        return spelled(one.model for one in self.taken(value))

    def idea(self, group: str) -> str:
        """What those of a group have in common, as a sentence without a capital and a full stop."""
        return ", and ".join(one.words for one in self.taken(group))

    def believed(self, value: str) -> str:
        """The beliefs that were written for the wrong options in an answer; empty for none."""
        return ", and ".join(one.belief for one in self.taken(value) if one.belief)

    def with_right(self, value: str) -> Written:
        """The same as if another answer were right."""
        return replace(self, right=value)

    # As it is kept.

    def source(self) -> dict[str, Any]:
        """A plain object, from which `of_source` makes the same again."""
        told: dict[str, Any] = {"name": self.name} if self.name else {}
        told |= {"prompt": self.prompt, "options": [_spelled(one) for one in self.choices]}
        return told | ({"because": self.because} if self.because else {})

    def content(self) -> dict[str, Any]:
        """The same as the content of a variant, with the names that a miniature's question has there."""
        return {
            "format": FORMAT,
            "form": FORM,
            "title": self.title,
            "name": self.name,
            "prompt": self.prompt,
            "options": [one._asdict() for one in self.options],
            "because": self.because,
            "right": self.right,
        }


def of_source(told: dict[str, Any]) -> Written:
    """What `source` has made, or a file says."""
    choices = (Choice(one["text"], one.get("right", False), one.get("belief", "")) for one in told["options"])
    return Written(told["prompt"], tuple(choices), told.get("because", ""), told.get("name", ""))


def of_content(told: dict[str, Any]) -> Written:
    """What `content` has made. Raises ValueError for another format."""
    if told["format"] != FORMAT:
        raise ValueError(f"This content has format {told['format']!r}; format {FORMAT} is read.")
    choices = (Choice(one["text"], not one["model"], one["belief"]) for one in told["options"])
    return Written(told["prompt"], tuple(choices), told["because"], told["name"])


def tidied(told: Written) -> Written:
    """The same with one kind of line ends, without what is blank around it; a belief has no full stop."""
    choices = (
        Choice(_line(one.text), one.right, _line(one.belief).rstrip(".").rstrip()) for one in told.choices
    )  # fmt: skip
    prompt = told.prompt.replace("\r\n", "\n").replace("\r", "\n").strip("\n").rstrip()
    return Written(prompt, tuple(choices), _line(told.because), _line(told.name))


def faults(told: Written) -> list[Fault]:
    """What is wrong with a tidied question; nothing where it can be asked."""
    found = list(_long(told))
    if found:
        # What is longer than it may be is not rendered.
        return found
    if not told.prompt:
        found.append(Fault("prompt", "Type the question."))
    elif not told.words:
        found.append(Fault("prompt", "Nothing of it can be seen. Type the question."))
    if not FEWEST <= len(told.choices) <= MOST:
        found.append(Fault("options", f"A question has {FEWEST} to {MOST} options."))
    elif not any(one.right for one in told.choices):
        found.append(Fault("options", "Say which option is right, or which ones are."))
    seen: dict[str, str] = {}
    for number, (letter, one) in enumerate(zip(LETTERS, told.choices, strict=False)):
        words = plain_line(one.text)
        if not one.text:
            found.append(Fault(f"options[{number}].text", "Type the option, or leave its whole row empty."))
        elif not words:
            found.append(Fault(f"options[{number}].text", "Nothing of it can be seen. Type the option."))
        elif (before := seen.setdefault(words.casefold(), letter)) != letter:
            found.append(Fault(f"options[{number}].text", f"Option {before} says the same."))
        if one.right and one.belief:
            told_why = "It is marked as right, and this is for a wrong one: empty it, or take the mark away."
            found.append(Fault(f"options[{number}].belief", told_why))
    return found


def _long(told: Written) -> Iterator[Fault]:
    texts = [("prompt", told.prompt, LONGEST_PROMPT), ("because", told.because, LONGEST_LINE)]
    texts.append(("name", told.name, LONGEST_NAME))
    for number, one in enumerate(told.choices):
        texts.append((f"options[{number}].text", one.text, LONGEST_LINE))
        texts.append((f"options[{number}].belief", one.belief, LONGEST_LINE))
    for place, text, most in texts:
        if len(text) > most:
            yield Fault(place, f"It has {len(text):,} characters; at most {most:,} are taken.")
        elif any(_is_unseen(sign) for sign in text):
            yield Fault(place, UNSEEN)


def _is_unseen(sign: str) -> bool:
    """Control signs, lone surrogates, and signs that turn the order of what follows (bidirectional overrides)."""
    if sign in "\n\t":
        return False
    return ord(sign) < 32 or 0x7F <= ord(sign) < 0xA0 or 0xD800 <= ord(sign) < 0xE000 or sign in TURNS


TURNS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def _line(text: str) -> str:
    return " ".join(text.split())


def _spelled(one: Choice) -> dict[str, Any]:
    told: dict[str, Any] = {"text": one.text}
    return told | ({"right": True} if one.right else {}) | ({"belief": one.belief} if one.belief else {})
