"""A request becomes a run: one reading of the query for pages, fragments and traces."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from urllib.parse import quote_from_bytes

from django.http import HttpRequest
from django.urls import reverse

from playground.asking.missing import find
from playground.asking.versus import Versus, versus
from playground.engine import limits
from playground.engine import query as grammar
from playground.engine.challenges import Challenge
from playground.engine.inputs import Invalid
from playground.engine.query import Ignored, Problem, Query
from playground.engine.registry import Entry, entries
from playground.engine.run import Run, run
from playground.engine.spelling import encode, put_beside


def entry_for(slug: str) -> Entry:
    """The miniature with that slug. Raises Http404 with a sentence that names near ones."""
    return find("miniature", slug, entries())


@dataclass
class Asked:
    """What a request asks for: the run, where it is opened, and everything to tell about its query."""

    entry: Entry
    query: Query
    run: Run
    problems: list[Problem] = field(default_factory=list)
    ignored: list[Ignored] = field(default_factory=list)
    typed: dict[str, str] = field(default_factory=dict)
    form: dict[str, str] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)
    options: dict[str, str] = field(default_factory=dict)
    """Reserved names of the query that are nobody's action: theme, layout, hide, lock ..."""
    challenge: Challenge | None = None
    embedded: str | None = None
    """Where the run is a widget: the widget's own options as they stand in its addresses, perhaps none."""

    versus: Versus | None = None
    """Where it stands beside another run: both, as the one run that is shown."""

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
        return self.beside(self.printed)

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
        names = {"slug": self.entry.slug}
        if self.challenge and view in ("run", "player"):
            names["challenge"] = self.challenge.name
            view = {"run": "challenge", "player": "challenge-player"}[view]
        text = self.printed if step is None else self.printed_at(step)
        text = self.beside(text)
        if self.embedded is not None and view in ("run", "player"):
            view, text = "embed", "&".join(part for part in (text, self.embedded) if part)
        return reverse(f"playground:{view}", kwargs=names) + (f"?{text}" if text else "")


def ask(entry: Entry, text: str, challenge: Challenge | None = None) -> Asked:
    """Read a query string and run it. An action form (`act=...`) is carried out, from the step it was sent at."""
    parsed = grammar.parse(entry.cls, text)
    if challenge and not parsed.query.acts and not parsed.typed and not parsed.form:
        start = grammar.parse(entry.cls, challenge.start).query
        parsed.query = replace(start, step=parsed.query.step) if "step" in parsed.options else start
    done = run(entry.cls, parsed.query)
    asked = Asked(
        entry,
        parsed.query,
        done,
        parsed.problems,
        parsed.ignored,
        parsed.typed,
        parsed.form,
        options=parsed.options,
        challenge=challenge,
    )
    if changed := since(entry, parsed.options.get("v", "")):
        asked.notices = [changed]
    if done.refusal:
        asked.problems = [*asked.problems, done.refusal]
        asked.query = replace(asked.query, acts=asked.query.acts[: done.refused])
    if parsed.form:
        return act_from_here(asked, "step" in parsed.options)
    if spelled := parsed.options.get("vs", ""):
        compare(asked, spelled)
    asked.query = replace(asked.query, step=min(asked.query.step, asked.run.last))
    return asked


def compare(asked: Asked, spelled: str) -> None:
    """Show the run beside the one that `vs` names; where that cannot be, alone, and say why."""
    if asked.run.refusal:
        return
    found = versus(asked.entry.cls, asked.run, spelled)
    if isinstance(found, Problem):
        asked.problems = [*asked.problems, found]
    else:
        asked.versus, asked.run = found, found.run


def since(entry: Entry, version: str) -> str:
    """What has changed since a link was made, which says for which version (`v=`); empty where nothing has."""
    made = int(version) if version.isascii() and version.isdigit() and len(version) < 6 else entry.version
    told = [change for number, change in entry.changes.items() if int(number) > made]
    return f"This link was made for version {made} of the model. Since then: {' '.join(told)}" if told else ""


def act_from_here(asked: Asked, stepped: bool) -> Asked:
    """Do the form's action at the step it was sent from: actions that start later are dropped, and it says so.

    Where no step was sent, it happens at the end.
    """
    cls = asked.entry.cls
    act, problems = grammar.read_form(cls, asked.form)
    if act is None:
        asked.problems = [*asked.problems, *problems]
        return asked
    step = min(asked.query.step, asked.run.last) if stepped else asked.run.last
    kept = asked.run.kept_at(step)
    wanted = replace(asked.query, acts=(*kept, act), step=0)
    if problem := does_not_fit(asked, wanted):
        asked.problems = [*asked.problems, problem]
        return asked
    done = run(cls, wanted)
    if done.refusal:
        asked.problems = [*asked.problems, beside_the_form(done.refusal)]
        asked.query = replace(asked.query, step=step)
        return asked
    dropped = len(asked.query.acts) - len(kept)
    notices = [f"You acted from step {step}: what was done after it is dropped."] if dropped else []
    first = done.starts.get(len(kept), done.last)
    return Asked(
        asked.entry,
        replace(wanted, step=first),
        done,
        asked.problems,
        asked.ignored,
        notices=notices,
        options=asked.options,
        challenge=asked.challenge,
    )


def does_not_fit(asked: Asked, wanted: Query) -> Problem | None:
    """Why a run with one more action could not be written as an address."""
    if len(wanted.acts) > limits.ACTIONS:
        return Problem(
            "act", f"A run has at most {limits.ACTIONS} actions. Step back and act from there, or start again."
        )
    if len(grammar.print_query(asked.entry.cls, wanted)) > limits.QUERY - 12:
        return Problem(
            "act", "This run’s address is as long as an address may be. Step back and act from there, or start again."
        )
    return None


def beside_the_form(refusal: Problem) -> Problem:
    """A refusal of the form's own action, moved to the form's field: do[3].node becomes act.node."""
    _, dot, argument = refusal.field.partition("].")
    return refusal._replace(field=f"act.{argument}" if dot else "act")


def origin_of(request: HttpRequest) -> str:
    """Scheme, host and port that this site was asked under."""
    return f"{request.scheme}://{request.get_host()}"


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
