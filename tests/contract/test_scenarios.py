"""The runs that readers are led to: the default run, the scenarios, the challenges."""

import ast
import re

import pytest

from playground.engine.query import parse, print_pairs, print_query
from playground.engine.registry import entries
from playground.engine.run import run
from tests.conftest import ROOT
from tests.contract.every import each_challenge, each_miniature, place, ran, shown_runs


@each_miniature
def test_the_default_run_has_20_to_60_steps(entry):
    steps = len(ran(entry.cls, "").steps)
    assert 20 <= steps <= 60, f"{place(entry)}: choose defaults with 20 to 60 steps, not {steps}"


@each_miniature
def test_the_default_run_stops_at_one_to_three_surprises(entry):
    """Who plays it is let look there."""
    stops = [number for number, step in enumerate(ran(entry.cls, "").steps) if step.stop]
    assert 1 <= len(stops) <= 3, (
        f"{place(entry)}: say Say(text, stop=True), or decide(…, stop=True), where one to three surprises are told "
        f"in the default run, not at the steps {stops}"
    )


@each_miniature
def test_there_are_at_least_four_scenarios_with_names_of_their_own(entry):
    about = place(entry, "about.py")
    scenarios = entry.scenarios
    assert len(scenarios) >= 4, f"{about}: name four scenarios or more in SCENARIOS; there are {len(scenarios)}"
    for field in ("name", "title", "query"):
        values = [getattr(scenario, field) for scenario in scenarios]
        assert len(set(values)) == len(values), f"{about}: two scenarios have one {field}: {values}"


@each_miniature
def test_a_scenario_is_a_sound_link_in_its_one_spelling(entry):
    about = place(entry, "about.py")
    for scenario in entry.scenarios:
        parsed = parse(entry.cls, scenario.query)
        assert not parsed.problems, f"{about}, {scenario.name}: {parsed.problems}"
        assert not parsed.ignored, f"{about}, {scenario.name}: {parsed.ignored}"
        spelled = print_query(entry.cls, parsed.query)
        assert spelled == scenario.query, f"{about}, {scenario.name}: spell it {spelled}"
        assert scenario.shows.endswith("."), f"{about}, {scenario.name}: say in a sentence what it shows"


@each_miniature
def test_a_scenario_runs_to_its_end_in_at_most_120_steps(entry):
    about = place(entry, "about.py")
    for scenario in entry.scenarios:
        done = ran(entry.cls, scenario.query)
        assert not done.refusal, f"{about}, {scenario.name}: {done.refusal}"
        assert not done.stopped, f"{about}, {scenario.name}: {done.stopped}"
        assert len(done.steps) <= 120, f"{about}, {scenario.name}: {len(done.steps)} steps; at most 120"
        assert done.query.step <= done.last, f"{about}, {scenario.name}: it has no step {done.query.step}"


@each_miniature
def test_four_of_five_narrating_lines_are_heard(entry):
    """Over the default run, the scenarios and the challenges' solutions."""
    lines = narrating_lines(entry)
    heard = {step.line[::2] for done in shown_runs(entry).values() for step in done.steps}
    silent = sorted(f"{file}:{line}" for file, line in lines - heard)
    share = f"{len(lines) - len(silent)} of {len(lines)}"
    assert 5 * len(silent) <= len(lines), (
        f"{place(entry)}: only {share} narrations are heard; add a scenario that reaches {', '.join(silent)}"
    )


def narrating_lines(entry):
    """File and line, of the model and of its parts, where something is said. (Waiting says nothing.)"""
    return {
        (path.relative_to(ROOT / "playground").as_posix(), node.lineno)
        for path in entry.home.glob("*.py")
        for told in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(told, ast.FunctionDef) and isinstance(told.returns, ast.Name) and told.returns.id == "Steps"
        for node in ast.walk(told)
        if isinstance(node, ast.Yield) and node.value and called(node.value) not in ("Wait", "Until", "move")
    }


def called(node):
    if not isinstance(node, ast.Call):
        return ""
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


@each_miniature
def test_every_action_says_something(entry):
    """An action that says nothing has no step, and is lost when somebody acts from there."""
    for name, done in shown_runs(entry).items():
        silent = [act.verb for number, act in enumerate(done.query.acts) if number not in done.starts]
        assert not silent, f"{place(entry)}: {silent} say nothing in the {name}; yield a sentence"


@each_miniature
def test_there_is_a_challenge(entry):
    assert entry.challenges, f"{place(entry, 'questions.py')}: add a Challenge to CHALLENGES"


@each_challenge
def test_the_stored_solution_passes(entry, challenge):
    checked = challenge.check(ran(entry.cls, challenge.solution))
    assert all(holds for _, holds in checked), (
        f"{place(entry, 'questions.py')}: the solution of {challenge.name} does not pass: {checked}"
    )


@each_challenge
def test_two_hints_narrow_the_way_to_it_and_neither_gives_the_solution_away(entry, challenge):
    where = f"{place(entry, 'questions.py')}, {challenge.name}"
    assert len(challenge.hints) == 2, f"{where}: write two hints, the second nearer than the first"
    assert len(set(challenge.hints)) == 2, f"{where}: the second hint is the first"
    start, solution = (parse(entry.cls, query).query for query in (challenge.start, challenge.solution))
    kinds = entry.cls.inputs()
    found = [(name, kinds[name].print(value)) for name, value in solution.inputs if value != start[name]]
    found += [pair for pair in print_pairs(entry.cls, solution) if pair[0] == "do" and pair[1] not in challenge.start]
    assert found, f"{where}: the solution is the start"
    for hint in challenge.hints:
        assert re.match(r"[A-ZÀ-Ý].{38,}[.?]$", hint), f"{where}: write a hint as a sentence or two: {hint!r}"
        # An action with its arguments, too; a verb alone is a word like any other.
        told = [f"{name}={value}" for name, value in found] + [value for _, value in found if ":" in value]
        given = [one for one in (challenge.solution, *told) if one in hint]
        assert not given, f"{where}: the hint {hint!r} gives {given} of the solution away"


@each_challenge
@pytest.mark.parametrize("idle", ["start", "default"])
def test_doing_nothing_does_not_pass(entry, challenge, idle):
    query = challenge.start if idle == "start" else ""
    checked = challenge.check(ran(entry.cls, query))
    where = place(entry, "questions.py")
    assert not all(holds for _, holds in checked), f"{where}: {challenge.name} passes by doing nothing"


@each_challenge
def test_each_condition_is_needed_and_reads_as_a_line_of_a_list(entry, challenge):
    for condition in challenge.conditions:
        assert condition.sentence, f"{place(entry, 'questions.py')}: say what {challenge.name} asks for"
        assert not condition.sentence.endswith("."), (
            f"{place(entry, 'questions.py')}: {condition.sentence!r} is a line of a list, without a full stop"
        )


@each_challenge
@pytest.mark.parametrize("part", ["start", "solution"])
def test_start_and_solution_are_sound_links_in_their_one_spelling(entry, challenge, part):
    where, query = f"{place(entry, 'questions.py')}, {challenge.name}, {part}", getattr(challenge, part)
    parsed = parse(entry.cls, query)
    assert (parsed.problems, parsed.ignored) == ([], []), f"{where}: {parsed.problems} {parsed.ignored}"
    spelled = print_query(entry.cls, parsed.query)
    assert spelled == query, f"{where}: spell it {spelled}"
    assert not run(entry.cls, parsed.query).refusal


@each_challenge
def test_the_best_known_run_passes_with_what_is_said_and_no_stored_one_takes_fewer(entry, challenge):
    where, score = f"{place(entry, 'questions.py')}, {challenge.name}", challenge.score
    best, solution = (ran(entry.cls, query) for query in (score.best_run, challenge.solution))
    assert challenge.passed(best), f"{where}: best_run does not pass: {challenge.check(best)}"
    assert score.of(best) == score.best, f"{where}: best_run takes {score.of(best)}"
    assert print_query(entry.cls, parse(entry.cls, score.best_run).query) == score.best_run, (
        f"{where}: another spelling"
    )
    assert 0 <= score.best <= score.par, f"{where}: par is what is good, and cannot be less than the best"
    assert score.best <= score.of(solution), f"{where}: the solution is better than the best known"
    assert score.par <= (score.limit or score.par), f"{where}: who has par must have passed"


@each_challenge
def test_a_run_beyond_the_limit_does_not_pass(entry, challenge):
    """The limit on the scale is one of the conditions."""
    score = challenge.score
    if score.limit is None:
        return
    for query in ("", challenge.start, challenge.solution):
        done = ran(entry.cls, query)
        assert score.of(done) <= score.limit or not challenge.passed(done)


@each_challenge
def test_a_claim_is_a_sentence(entry, challenge):
    assert not challenge.claim or re.fullmatch(r"[A-ZÀ-Ý].{20,90}\.", challenge.claim), challenge.claim


def test_in_three_lessons_or_more_a_claim_is_to_be_refuted():
    broken = [one for entry in entries().values() for one in entry.challenges if one.claim]
    assert len(broken) >= 3
    assert {one.kind for one in broken} == {"Break it"}
