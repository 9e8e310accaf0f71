"""A request becomes a run: one reading of the query for pages, fragments and traces."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from urllib.parse import quote_from_bytes

from django.http import HttpRequest

from playground.asking.missing import find
from playground.asking.paths import path_of
from playground.asking.recent import recent
from playground.asking.versus import Versus, other_of, spelling_of, versus
from playground.engine import limits
from playground.engine import query as grammar
from playground.engine.challenges import Challenge
from playground.engine.inputs import Invalid
from playground.engine.query import Ignored, Parsed, Problem, Query
from playground.engine.registry import Entry, entries
from playground.engine.replays import pairs_of_run
from playground.engine.run import Run
from playground.engine.spelling import encode, put_beside


def entry_for(slug: str) -> Entry:
    """The miniature with that slug. Raises Http404 with a sentence that names near ones."""
    return find("miniature", slug, entries())


@dataclass(frozen=True)
class Asked:
    """What a request asks for: the run, where it is opened, and everything to tell about its query.

    It is never changed: another one is made of it with `replace`, which keeps all that is not named.
    """

    entry: Entry
    query: Query
    run: Run
    problems: tuple[Problem, ...] = ()
    ignored: tuple[Ignored, ...] = ()
    typed: dict[str, str] = field(default_factory=dict)
    form: dict[str, str] = field(default_factory=dict)
    """The fields of an action that was sent and has not been done."""
    notices: tuple[str, ...] = ()
    options: dict[str, str] = field(default_factory=dict)
    """Reserved names of the query that are nobody's action: theme, layout, hide, lock ..."""
    challenge: Challenge | None = None
    embedded: tuple[tuple[str, str], ...] | None = None
    """Where the run is a widget: the widget's own options as they stand in its addresses, perhaps none."""

    within: str = ""
    """Where the run is operated on a page of its own: the address of that page, beside which its fragment lies."""

    begins: int | None = None
    """Where something has just been done: the step from which to play to the one that is shown."""

    versus: Versus | None = None
    """Where it stands beside another run: both, as the one run that is shown."""

    def at(self, step: int) -> Asked:
        """The same, opened at another step."""
        return replace(self, query=grammar.at_step(self.query, step))

    def wrong(self, *problems: Problem) -> Asked:
        """The same, with more that is wrong."""
        return replace(self, problems=(*self.problems, *problems))

    @property
    def status(self) -> int:
        return 422 if self.problems else 200

    @property
    def sound(self) -> bool:
        """True where nothing has to be told about the query itself, so that its printed form says it all."""
        return not self.problems and not self.near_names and not self.notices

    @property
    def near_names(self) -> list[Ignored]:
        """Ignored names that resemble real ones: worth telling. The others (utm_...) are nobody's mistake."""
        return [one for one in self.ignored if one.near]

    @property
    def printed(self) -> str:
        """The one spelling of the query."""
        return grammar.print_query(self.entry.cls, self.query)

    @property
    def spelled(self) -> str:
        """The same with what stands beside it: what the address of its page says."""
        return self.beside(encode(self.pairs))

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """What the address of its page says of the run."""
        if self.within:
            return pairs_of_run(self.entry.cls, self.query)
        return pairs_of(self.entry, self.challenge, self.query)

    def beside(self, text: str) -> str:
        """A query of this run with what stands beside it."""
        return put_beside(text, self.versus.spelled if self.versus else "")

    @property
    def step(self) -> int:
        """The step that is shown: the one asked for, or the last where the run has fewer."""
        return min(self.query.step, self.run.last)

    def printed_at(self, step: int) -> str:
        return grammar.print_query(self.entry.cls, grammar.at_step(self.query, step))

    def address(self, view: str = "run", step: int | None = None) -> str:
        """The address of this run, as a page or as another view of it."""
        names = [self.entry.slug]
        query = self.query if step is None else grammar.at_step(self.query, step)
        text = self.beside(grammar.print_query(self.entry.cls, query))
        if self.within and view in ("run", "player"):
            return f"{self.within}{'player' if view == 'player' else ''}?{encode(pairs_of_run(self.entry.cls, query))}"
        if self.challenge and view in ("run", "player"):
            names.append(self.challenge.name)
            view = {"run": "challenge", "player": "challenge-player"}[view]
            text = self.beside(encode(pairs_of(self.entry, self.challenge, query)))
        if self.embedded is not None and view in ("run", "player", "challenge", "challenge-player"):
            view = "embed-challenge" if self.challenge else "embed"
            text = "&".join(part for part in (text, encode([*self.embedded])) if part)
        return path_of(f"playground:{view}", *names) + (f"?{text}" if text else "")


@dataclass(frozen=True)
class Read:
    """A query string that has been read, before anything runs."""

    entry: Entry
    parsed: Parsed
    query: Query
    changed: str
    """What has changed since its link was made, if anything has."""
    challenge: Challenge | None = None

    @property
    def spelled(self) -> str | None:
        """Its one spelling; None where there is something to tell or to do first, which takes the run.

        Only a step after the last one is not noticed.
        """
        parsed, cls = self.parsed, self.entry.cls
        if parsed.options.get("step") == grammar.LAST:
            return None
        if parsed.problems or parsed.form or self.changed or any(one.near for one in parsed.ignored):
            return None
        printed = encode(pairs_of(self.entry, self.challenge, self.query))
        if not (beside := parsed.options.get("vs")):
            return printed
        found = other_of(cls, self.query, beside)
        return None if isinstance(found, Problem) else put_beside(printed, spelling_of(cls, *found))


def read(entry: Entry, text: str, challenge: Challenge | None = None) -> Read:
    """Read a query string. A challenge about which nothing is said begins with its own run."""
    parsed = grammar.parse(entry.cls, text)
    query = parsed.query
    if challenge and not query.acts and not parsed.typed and not parsed.form:
        query = begun(entry, challenge, query.step if "step" in parsed.options else None)
    return Read(entry, parsed, query, since(entry, parsed.options.get("v", "")), challenge)


def ask(entry: Entry, text: str, challenge: Challenge | None = None) -> Asked:
    """Read a query string and run it. An action form (`act=...`) is carried out, from the step it was sent at."""
    return ran(read(entry, text, challenge))


def ran(told: Read) -> Asked:
    """What has been read, run."""
    parsed = told.parsed
    # What is acted on is not looked at, unless the act is refused.
    looked = not parsed.form or "vs" in parsed.options
    asked = Asked(
        told.entry,
        told.query,
        recent.run(told.entry.cls, told.query, draw=looked),
        tuple(parsed.problems),
        tuple(parsed.ignored),
        parsed.typed,
        parsed.form,
        (told.changed,) if told.changed else (),
        parsed.options,
        told.challenge,
    )
    asked = compared(up_to_a_refusal(asked))
    if parsed.options.get("step") == grammar.LAST and not asked.problems:
        asked = replace(asked, begins=0).at(asked.run.last)
    if asked.form:
        asked = acted(replace(asked, begins=None))
        if asked.form and not looked:
            asked = replace(asked, run=recent.run(told.entry.cls, told.query))
    return asked.at(asked.step)


def begun(entry: Entry, challenge: Challenge, step: int | None) -> Query:
    """The run that a challenge starts from, at its own step if no other one is named."""
    start = grammar.parse(entry.cls, challenge.start).query
    return start if step is None else grammar.at_step(start, step)


def pairs_of(entry: Entry, challenge: Challenge | None, query: Query) -> list[tuple[str, str]]:
    """What the address of a page says of a run.

    An address that names no more than a step means, of a challenge, the run that it starts from; the run in which
    every input has its default names the first one then all the same.
    """
    pairs = grammar.print_pairs(entry.cls, query)
    named = any(name != "step" for name, _ in pairs)
    if challenge and not named and begun(entry, challenge, query.step or None) != query:
        name, kind = next(iter(entry.cls.inputs().items()))
        return [(name, kind.print(query[name])), *pairs]
    return pairs


def up_to_a_refusal(asked: Asked) -> Asked:
    """Where an action of the address cannot be done: what was done before it, and why it ends there."""
    refusal = asked.run.refusal
    if not refusal:
        return asked
    query = replace(asked.query, acts=asked.query.acts[: asked.run.refused])
    return replace(asked.wrong(refusal), query=query)


def compared(asked: Asked) -> Asked:
    """The run beside the one that `vs` names; where that cannot be, alone, and it says why."""
    spelled = asked.options.get("vs", "")
    if not spelled:
        return asked
    cls = asked.entry.cls
    # What was refused in the one is not asked of the other.
    alone = recent.run(cls, asked.query) if asked.run.refusal else asked.run
    found = versus(cls, alone, spelled)
    return asked.wrong(found) if isinstance(found, Problem) else replace(asked, versus=found, run=found.run)


def since(entry: Entry, version: str) -> str:
    """What has changed since a link was made, which says for which version (`v=`); empty where nothing has."""
    made = int(version) if version.isascii() and version.isdigit() and len(version) < 6 else entry.version
    told = [change for number, change in entry.changes.items() if int(number) > made]
    return f"This link was made for version {made} of the model. Since then: {' '.join(told)}" if told else ""


def acted(asked: Asked) -> Asked:
    """Do the form's action at the step it was sent from: actions that start later are dropped, and it says so.

    What may have an instant happens then, right after what is told at that step; the rest, when the action under way
    has ended. Where no step was sent, it happens at the end. Beside another run it is done in both, after what was
    kept. Shown is where it has led.
    """
    cls = asked.entry.cls
    act, problems = grammar.read_form(cls, asked.form)
    if act is None:
        return asked.wrong(*problems)
    step = asked.step if "step" in asked.options else asked.run.last
    kept = asked.run.kept_at(step)
    # Two runs side by side are not at the same point of their stories at an instant.
    if act.at is None and cls.actions()[act.verb].timed and step < asked.run.last and not asked.versus:
        act = act._replace(at=asked.run.steps[step].clock + 1)
    wanted = replace(asked.query, acts=(*kept, act), step=0)
    if problem := does_not_fit(asked, wanted):
        return asked.wrong(problem)
    # Two runs as one are not the beginning of either.
    done = recent.run(cls, wanted, before=None if asked.versus else asked.run)
    if done.refusal:
        return asked.wrong(beside_the_form(done.refusal)).at(step)
    notices = asked.notices
    if len(asked.query.acts) > len(kept):
        notices = (*notices, f"You acted from step {step}: what was done after it is dropped.")
    after = replace(asked, query=wanted, run=done, form={}, notices=notices, versus=None)
    if asked.versus:
        after = compared(after)
    begins, number = after.run.starts.get(len(kept), after.run.last), after.run.consequence(len(kept))
    return replace(after, begins=begins).at(number)


def does_not_fit(asked: Asked, wanted: Query) -> Problem | None:
    """Why a run with one more action could not be written as an address."""
    if len(wanted.acts) > limits.ACTIONS:
        return Problem(
            "act", f"A run has at most {limits.ACTIONS} actions. Step back and act from there, or start again."
        )
    if len(asked.beside(grammar.print_query(asked.entry.cls, wanted))) > limits.QUERY - 12:
        return Problem(
            "act", "This run’s address is as long as an address may be. Step back and act from there, or start again."
        )
    return None


def beside_the_form(refusal: Problem) -> Problem:
    """A refusal of the form's own action, moved to the form's field: do[3].node becomes act.node."""
    _, dot, argument = refusal.field.partition("].")
    return refusal._replace(field=f"act.{argument}" if dot else "act")


def query_of(request: HttpRequest) -> str:
    """The query string as it arrived, bytes that are not ASCII percent-encoded."""
    arrived: bytes = request.META.get("QUERY_STRING", "").encode("latin-1")
    return arrived.decode() if arrived.isascii() else quote_from_bytes(arrived, safe="!$&'()*+,;=:@/?%-._~")


def pairs_without(text: str, *names: str) -> tuple[str, dict[str, str]]:
    """The query string without some names, and the values they had (empty where they were not given)."""
    try:
        pairs = grammar.pairs_of(text)
    except Invalid:
        return text, dict.fromkeys(names, "")
    taken = {name: next((value for key, value in pairs if key == name), "") for name in names}
    return encode([pair for pair in pairs if pair[0] not in names]), taken
