"""A quiz on paper: forms that differ and stay, what a pen writes, and what a paper that is typed in comes to."""

from __future__ import annotations

import csv
import html
from datetime import timedelta
from io import StringIO

import pytest
from django.test import Client
from django.utils import timezone

from playground.engine.registry import entries
from playground.engine.verdict import Unreadable
from quizzes import building, correcting, personal, printing, record, starting
from quizzes.files import answers_csv, learners_csv
from quizzes.frozen import thaw
from quizzes.handing_in import hand_in
from quizzes.lettering import read_sign, signs_of, written
from quizzes.models import Answer, Attempt, Class, Entry, Item, Member, PaperForm, Quiz, Save, User, Variant
from quizzes.recount import differences
from quizzes.results_page import Results
from quizzes.rules.paper import LETTERS
from quizzes.tally import tally
from quizzes.typing_in import Meanwhile, Paper, type_in
from tests.quizzes import made, people
from tests.quizzes.test_pages import words

pytestmark = pytest.mark.django_db

TEMPLATES = [(slug, one.name) for slug, entry in entries().items() for one in entry.questions]


@pytest.fixture
def ruth() -> User:
    return people.user("Ruth")


@pytest.fixture
def of(ruth) -> Class:
    return people.room(owner=ruth)


@pytest.fixture
def client(ruth) -> Client:
    return people.browser(ruth)


@pytest.fixture
def quiz(of) -> Quiz:
    return made.quiz(of, stock=4)


@pytest.fixture
def ana(of) -> Member:
    return people.learner(of, "Ana")


def at(quiz: Quiz, page: str = "") -> str:
    return f"/teach/quizzes/{quiz.pk}/print/{page}"


def form(quiz: Quiz, letter: str = "A") -> PaperForm:
    return PaperForm.objects.get(quiz=quiz, letter=letter)


def contents(paper: PaperForm):
    return [thaw(Variant.objects.get(pk=key)) for key in paper.variants]


def right(paper: PaperForm) -> list[str]:
    """What a pen writes on it that is right."""
    return [written(content, content.right) for content in contents(paper)]


def wrong(paper: PaperForm) -> list[str]:
    told = [next(one.value for one in content.options if one.model) for content in contents(paper)]
    return [written(content, value) for content, value in zip(contents(paper), told, strict=True)]


def sent(name: str, letter: str, answers: list[str], **more: str) -> dict[str, str]:
    return {"name": name, "form": letter, **{f"q{n}": one for n, one in enumerate(answers, 1)}, **more}


# What a pen writes.


@pytest.mark.parametrize("template", TEMPLATES, ids=":".join)
def test_every_answer_that_is_offered_is_read_back_from_its_sign(template):
    content = made.content(template, 1)
    told = signs_of(content)
    for sign, value in told.items():
        assert read_sign(content, sign) == read_sign(content, sign.lower()) == value
        assert written(content, value) == sign
    assert bool(told) == (content.form != "number")
    assert read_sign(content, written(content, content.right)) == content.right
    assert read_sign(content, "-") is None
    for typed in ("", "no such answer"):
        with pytest.raises(Unreadable):
            read_sign(content, typed)


@pytest.mark.parametrize(
    ("typed", "value"), [("a", "A"), ("AC", "A,C"), ("c, a", None), ("CA", "A,C"), ("a,c", "A,C"), ("-", None)]
)
def test_letters_of_a_question_with_several_right_stand_together(typed, value):
    if value is None and typed != "-":
        with pytest.raises(Unreadable, match="Several stand together, as in AC"):
            read_sign(made.SEVERAL, typed)
    else:
        assert read_sign(made.SEVERAL, typed) == value


def test_where_one_is_right_one_letter_is_taken():
    assert read_sign(made.ONE, "b") == "B"
    with pytest.raises(Unreadable, match="choose one"):
        read_sign(made.ONE, "AB")


# Forms.


def test_forms_are_made_and_each_has_every_question_once(client, quiz):
    assert client.post(at(quiz, "make"), {"count": "3"}).status_code == 303
    forms = printing.forms_of(quiz)
    assert [one.letter for one in forms] == ["A", "B", "C"]
    items = [item.pk for item in Item.objects.filter(quiz=quiz)]
    for one in forms:
        assert [Variant.objects.get(pk=key).item_id for key in one.variants] == items
    for column in zip(*(one.variants for one in forms), strict=True):
        assert len(set(column)) == 3


@pytest.mark.parametrize("count", ["", "0", "7", "-1", "x", "9" * 50, "2.5"])
def test_how_many_is_bounded_and_said(client, quiz, count):
    answer = client.post(at(quiz, "make"), {"count": count})
    assert answer.status_code == 422
    assert "from 1 to 6" in words(answer)
    assert not PaperForm.objects.exists()


def test_what_is_excluded_after_printing_stays_on_its_form_and_in_its_key(client, quiz, ruth):
    client.post(at(quiz, "make"), {"count": "2"})
    before, key = form(quiz).variants, client.get(at(quiz, "key/?form=A"))
    line = " ".join(right(form(quiz)))
    assert f"In one line: {line}" in words(key)
    item = Item.objects.get(quiz=quiz, place=1)
    variant = Variant.objects.get(pk=before[0])
    building.set_state(item, variant.number, "excluded", ruth, timezone.now())
    assert form(quiz).variants == before
    assert f"In one line: {line}" in words(client.get(at(quiz, "key/?form=A")))
    assert "Form A, question 1: this variant has been excluded since" in words(client.get(at(quiz)))
    client.post(at(quiz, "make"), {"count": "4"})
    later = PaperForm.objects.filter(quiz=quiz, letter__in="CDEF")
    assert len(later) == 4
    assert before[0] not in {one.variants[0] for one in later}


def test_a_draft_is_not_printed(client, quiz):
    Quiz.objects.filter(pk=quiz.pk).update(state="draft")
    answer = client.post(at(quiz, "make"), {"count": "2"})
    assert answer.status_code == 409
    assert "Publish the quiz first" in words(answer)


@pytest.mark.parametrize("state", ["draft", "published"])
def test_a_challenge_is_not_printed_and_the_page_says_which_it_is_and_what_to_do(client, of, state):
    quiz = made.quiz(of, kinds=(made.NUMBER, made.EVEN), state=state)
    for answer, status in ((client.get(at(quiz)), 200), (client.post(at(quiz, "make"), {"count": "2"}), 409)):
        assert answer.status_code == status
        assert "Question 2, “even after a failure”, is a challenge: one operates it" in words(answer)
        assert "remove it while nobody has begun, or duplicate the quiz" in words(answer)
        assert "Make them" not in words(answer)
    assert not PaperForm.objects.exists()
    item = Item.objects.get(quiz=quiz, place=2)
    building.remove(made_draft(quiz), item.pk)
    Quiz.objects.filter(pk=quiz.pk).update(state="published")
    assert client.post(at(quiz, "make"), {"count": "2"}).status_code == 303


def test_of_several_challenges_each_is_named(of):
    quiz = made.quiz(of, kinds=(made.EVEN, made.NUMBER, ("load-balancing", "slow-and-growing")))
    assert printing.why_not(quiz).startswith("Question 1, “even after a failure” and question 3, “")
    assert "are challenges: one operates them" in printing.why_not(quiz)


def made_draft(quiz: Quiz) -> Quiz:
    Quiz.objects.filter(pk=quiz.pk).update(state="draft")
    quiz.refresh_from_db()
    return quiz


def test_what_is_printed_is_made_no_draft_of_until_it_is_thrown_away(client, quiz, ruth):
    client.post(at(quiz, "make"), {"count": "2"})
    with pytest.raises(building.Refused, match="It is printed"):
        building.unpublish(quiz, ruth, timezone.now())
    assert client.post(at(quiz, "throw-away")).status_code == 303
    assert printing.forms_of(quiz) == []
    assert client.get(at(quiz, "sheets/")).status_code == client.get(at(quiz, "key/")).status_code == 404
    client.post(at(quiz, "make"), {"count": "1"})
    assert [one.letter for one in printing.forms_of(quiz)] == ["C"]
    client.post(at(quiz, "throw-away"))
    building.unpublish(quiz, ruth, timezone.now())


def test_forms_of_which_papers_are_typed_in_are_not_thrown_away(client, quiz, ana):
    client.post(at(quiz, "make"), {"count": "1"})
    client.post(at(quiz, "typed/"), sent("Ana", "A", right(form(quiz))))
    answer = client.post(at(quiz, "throw-away"))
    assert answer.status_code == 409
    assert "Papers of these forms are typed in" in words(answer)


def test_there_is_an_end_to_letters(client, quiz):
    for _ in range(4):
        assert client.post(at(quiz, "make"), {"count": "6"}).status_code == 303
    answer = client.post(at(quiz, "make"), {"count": "3"})
    assert answer.status_code == 409
    assert "2 of them are left" in words(answer)
    assert client.post(at(quiz, "make"), {"count": "2"}).status_code == 303
    assert [one.letter for one in printing.forms_of(quiz)] == [*LETTERS]


def test_a_question_without_variants_is_not_printed(client, quiz):
    Variant.objects.filter(item__quiz=quiz, item__place=2).update(state="broken")
    answer = client.post(at(quiz, "make"), {"count": "2"})
    assert answer.status_code == 409
    assert not PaperForm.objects.exists()


def test_with_few_variants_it_says_which_questions_are_the_same(client, of):
    quiz = made.quiz(of, stock=2)
    client.post(at(quiz, "make"), {"count": "3"})
    assert "too few variants for all forms to differ: questions 1, 2, 3" in words(client.get(at(quiz)))


def test_a_sheet_has_each_question_with_its_picture_and_what_a_pen_needs(client, quiz):
    client.post(at(quiz, "make"), {"count": "2"})
    page = client.get(at(quiz, "sheets/?form=B"))
    text, told = page.content.decode(), words(page)
    for content in contents(form(quiz, "B")):
        assert content.prompt in told
        assert html.escape(content.sentence) in text
        for sign, value in signs_of(content).items():
            assert f"{sign} {value}" in told
    assert text.count('class="picture wide"') == 3
    assert told.count("A number") == 1
    assert "Form B" in told
    assert "Form A" not in told
    assert words(client.get(at(quiz, "sheets/"))).count("Name") >= 2


def test_a_sheet_tells_nothing_of_the_answer(client, of):
    """The key and the sheet are different pages; a sheet that lies on the printer gives nothing away."""
    quiz = made.quiz(of, kinds=tuple(TEMPLATES), stock=1)
    client.post(at(quiz, "make"), {"count": "1"})
    text = client.get(at(quiz, "sheets/")).content.decode()
    for content in contents(form(quiz)):
        hidden = [content.because, content.query, *(one.belief for one in content.options if one.model)]
        assert [one for one in hidden if html.escape(one) in text] == []


def test_a_question_written_by_hand_stands_there_too_and_is_graded(client, of, ana):
    quiz = made.quiz(of, kinds=(made.NUMBER,))
    made.by_hand(quiz, 2)
    client.post(at(quiz, "make"), {"count": "1"})
    sheet, key = (words(client.get(at(quiz, page))) for page in ("sheets/", "key/"))
    assert "Cross all that hold." in sheet
    assert "Which of these acknowledge what has arrived? A TCP B UDP C QUIC D IP" in sheet
    assert "every transport is reliable" not in sheet
    assert "AC TCP · QUIC" in key
    assert "B UDP every transport is reliable" in key
    client.post(at(quiz, "typed/"), {"name": "Ana", "form": "A", "line": "- AC"})
    assert Attempt.objects.get(member=ana).points == 2000
    client.post(at(quiz, "typed/"), sent("Ana", "A", ["-", "ab"], base="1"))
    assert Attempt.objects.get(member=ana).points == 0


@pytest.mark.parametrize("letter", ["Z", "AB", "<b>", "é"])
def test_a_form_that_is_not_there_is_no_page(client, quiz, letter):
    client.post(at(quiz, "make"), {"count": "2"})
    for page in ("sheets/", "key/"):
        assert client.get(at(quiz, page), {"form": letter}).status_code == 404


def test_the_key_has_reasons_and_the_beliefs_behind_wrong_answers(client, quiz):
    client.post(at(quiz, "make"), {"count": "2"})
    told = words(client.get(at(quiz, "key/?form=A")))
    for content in contents(form(quiz)):
        assert content.because in told
        for option in content.options:
            if option.model:
                assert option.belief in told
    assert "Key to form B" not in told


def test_no_learner_reaches_paper_or_key(client, quiz, ana):
    client.post(at(quiz, "make"), {"count": "2"})
    learner = people.browser(member=ana)
    other = people.browser(people.user("Eve"))
    secrets = [content.because.encode() for content in contents(form(quiz))]
    for page in ("", "sheets/", "key/", "typed/"):
        answers = [learner.get(at(quiz, page)), other.get(at(quiz, page)), Client().get(at(quiz, page))]
        assert [one.status_code for one in answers] == [303, 404, 303]
        assert not any(secret in one.content for secret in secrets for one in answers)


# Papers.


@pytest.fixture
def printed(client, quiz) -> Quiz:
    client.post(at(quiz, "make"), {"count": "3"})
    return quiz


def test_a_paper_is_an_attempt_that_is_handed_in_and_graded(client, printed, ana, ruth, of):
    answers = [*right(form(printed, "B"))[:2], wrong(form(printed, "B"))[2]]
    answer = client.post(at(printed, "typed/"), sent("ana", "B", answers))
    assert answer.status_code == 303
    assert "Ana, form B: 4 of 6 points." in words(client.get(answer.headers["Location"].partition("#")[0]))
    attempt = Attempt.objects.get(member=ana)
    assert (attempt.points, attempt.paper, attempt.number) == (4000, form(printed, "B"), 1)
    assert attempt.handed_in == attempt.started
    assert [one.variant_id for one in attempt.answers.all()] == form(printed, "B").variants
    entry = Entry.objects.get(kind="typed-in")
    assert (entry.by, entry.attempt) == (ruth, attempt)
    assert record.lines(of, [entry])[0].sentence == "Ana’s paper of “Rings”, form B, is typed in."
    assert differences()[1] == []


def test_while_an_attempt_is_open_on_a_screen_no_paper_is_typed_in(client, printed, ana):
    """Its review would tell what can still be answered."""
    Quiz.objects.filter(pk=printed.pk).update(attempts=2)
    open_one = starting.start(printed, ana, timezone.now())
    refused = client.post(at(printed, "typed/"), sent("Ana", "A", right(form(printed))))
    assert refused.status_code == 409
    assert "Ana has begun this quiz on a screen and not handed it in" in words(refused)
    assert list(Attempt.objects.filter(member=ana)) == [open_one]
    hand_in(open_one, timezone.now())
    assert client.post(at(printed, "typed/"), sent("Ana", "A", right(form(printed)))).status_code == 303


def test_one_line_does_as_well(client, printed, ana):
    client.post(at(printed, "typed/"), {"name": "Ana", "form": "A", "line": "  ".join(right(form(printed))).lower()})
    assert Attempt.objects.get(member=ana).points == 6000


def test_blank_is_typed_and_an_empty_field_is_asked_about(client, printed, ana):
    told = right(form(printed))
    answer = client.post(at(printed, "typed/"), sent("Ana", "A", ["", told[1], "-"]))
    assert answer.status_code == 422
    assert "Type - where nothing was answered." in words(answer)
    assert f'value="{told[1]}"' in answer.content.decode()
    client.post(at(printed, "typed/"), sent("Ana", "A", ["-", told[1], "–"]))
    assert list(Answer.objects.order_by("place").values_list("value", flat=True))[::2] == [None, None]
    assert Attempt.objects.get().points == 2000


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"name": ""}, "Type a name."),
        ({"name": "Anna"}, "Nobody in this class is called “Anna”."),
        ({"name": "Ruth"}, "Ruth teaches this class."),
        ({"name": "A" * 500}, "A name has at most"),
        ({"form": ""}, "Choose the letter"),
        ({"form": "D"}, "Choose the letter"),
        ({"q1": "?"}, "“?” is none of its answers"),
        ({"q2": "many"}, "Write a whole number"),
        ({"q2": "9" * 80}, "at most 60 characters"),
        ({"line": "A B"}, "The line has 2 answers, the paper 3 questions."),
        ({"line": "A 1 ?"}, "Question 1: the line says A"),
        ({"line": "x" * 5000}, "at most 4,000 characters"),
    ],
)
def test_what_cannot_be_taken_is_told_and_nothing_is_lost(client, printed, ana, change, told):
    typed = sent("Ana", "A", ["-", "7", "-"]) | change
    answer = client.post(at(printed, "typed/"), typed)
    assert answer.status_code == 422
    assert told in words(answer)
    page = answer.content.decode()
    for name, value in typed.items():
        if name != "form" and value:
            assert f'value="{html.escape(value)}"' in page, name
    assert not Attempt.objects.exists()


def test_a_new_name_comes_onto_the_list_and_who_joins_under_it_finds_the_paper(client, printed, of):
    answers = right(form(printed, "C"))
    client.post(at(printed, "typed/"), sent("Zoë Nguyễn", "C", answers, new="on"))
    member = Member.objects.get(of=of, name="Zoë Nguyễn")
    assert member.joined is None
    joined = people.learner(of, "zoë nguyễn")
    assert joined.pk == member.pk
    page = people.browser(member=joined).get(f"/quizzes/{printed.pk}/1/")
    assert "on paper, form C" in words(page)


def test_typed_in_again_it_is_corrected_and_not_doubled(client, printed, ana, of):
    client.post(at(printed, "typed/"), sent("Ana", "A", wrong(form(printed))))
    assert Attempt.objects.get().points == 0
    page = client.get(at(printed, f"typed/?member={ana.pk}")).content.decode()
    assert 'value="Ana"' in page
    for one in wrong(form(printed)):
        assert f'value="{one}"' in page
    base = str(Attempt.objects.get().revision)
    assert f'name="base" value="{base}"' in page
    client.post(at(printed, "typed/"), sent("Ana", "A", right(form(printed)), base=base))
    attempt = Attempt.objects.get()
    assert attempt.points == 6000
    assert Save.objects.count() == 6
    told = record.lines(of, Entry.objects.filter(kind="typed-in-again"))[0]
    assert told.sentence == "Ana’s paper of “Rings”, form A, is corrected: 6 points, before 0."
    assert differences()[1] == []


def test_a_form_that_was_read_wrong_is_corrected_too(client, printed, ana, of):
    client.post(at(printed, "typed/"), sent("Ana", "A", right(form(printed, "A"))))
    base = str(Attempt.objects.get().revision)
    client.post(at(printed, "typed/"), sent("Ana", "B", right(form(printed, "B")), base=base))
    attempt = Attempt.objects.get()
    assert (attempt.points, attempt.paper) == (6000, form(printed, "B"))
    assert [one.variant_id for one in attempt.answers.all()] == form(printed, "B").variants
    assert "form B, before A, is corrected" in record.lines(of, Entry.objects.filter(kind="typed-in-again"))[0].sentence
    assert differences()[1] == []


def test_the_same_twice_is_once(client, printed, ana):
    for _ in range(2):
        assert client.post(at(printed, "typed/"), sent("Ana", "A", right(form(printed)))).status_code == 303
    assert Attempt.objects.count() == 1
    assert not Entry.objects.filter(kind="typed-in-again").exists()


def test_what_somebody_else_has_typed_meanwhile_is_shown_before_it_is_replaced(client, printed, ana):
    client.post(at(printed, "typed/"), sent("Ana", "A", right(form(printed))))
    mine = sent("Ana", "B", wrong(form(printed, "B")))
    answer = client.post(at(printed, "typed/"), mine)
    assert answer.status_code == 409
    assert f"form A, {' '.join(right(form(printed)))}." in words(answer)
    assert Attempt.objects.get().points == 6000
    base = f'name="base" value="{Attempt.objects.get().revision}"'
    assert base in answer.content.decode()
    again = mine | {"base": str(Attempt.objects.get().revision)}
    assert client.post(at(printed, "typed/"), again).status_code == 303
    assert Attempt.objects.get().points == 0


@pytest.mark.parametrize("base", ["x", "-1", "9" * 40, "²"])
def test_an_odd_revision_is_none(client, printed, ana, base):
    typed = sent("Ana", "A", right(form(printed)), base=base)
    assert client.post(at(printed, "typed/"), typed).status_code == 303
    assert client.post(at(printed, "typed/"), typed | {"q1": "-"}).status_code == 409
    assert Attempt.objects.get().points == 6000


def test_a_revision_that_is_old_writes_nothing(printed, ana, ruth):
    values = [content.right for content in contents(form(printed))]
    now = timezone.now()
    type_in(printed, ana, Paper(form(printed), values, None), ruth, now)
    with pytest.raises(Meanwhile):
        type_in(printed, ana, Paper(form(printed), [None, None, None], 0), ruth, now)
    assert Attempt.objects.get().points == 6000


def test_a_form_thrown_away_meanwhile_takes_no_paper(printed, ana, ruth):
    paper = Paper(form(printed), [None, None, None], None)
    printing.throw_away(printed, ruth, timezone.now())
    with pytest.raises(printing.Refused, match="thrown away"):
        type_in(printed, ana, paper, ruth, timezone.now())
    assert not Attempt.objects.exists()


def test_rules_of_time_do_not_hold_for_paper(client, of, ana):
    """A quiz that is closed, of a limit that is over, taken once already on a screen."""
    then = timezone.now() - timedelta(days=2)
    quiz = made.quiz(of, stock=4, limit_s=60, closes=then + timedelta(hours=1), attempts=1)
    starting.start(quiz, ana, then)
    client.post(at(quiz, "make"), {"count": "1"})
    client.get(f"/teach/quizzes/{quiz.pk}/results/")
    answer = client.post(at(quiz, "typed/"), sent("Ana", "A", right(form(quiz))))
    assert answer.status_code == 303
    assert "It is attempt 2." in words(client.get(answer.headers["Location"].partition("#")[0]))
    paper = Attempt.objects.get(number=2)
    assert paper.points == 6000
    with pytest.raises(correcting.Refused, match="on paper"):
        correcting.reopen(paper, 10, "why", people.user("Theo"), timezone.now())


def test_papers_count_in_results_and_files_and_nobody_asks_how_long_they_took(client, printed, ana, of, ruth):
    client.post(at(printed, "typed/"), sent("Ana", "B", wrong(form(printed, "B"))))
    results = Results(printed, timezone.now())
    row = next(one for one in results.learners if one.member == ana)
    assert (row.state, row.time, row.points) == ("finished", "on paper, form B", "0")
    assert [asked.count for asked in tally(printed)] == [1, 1, 1]
    assert all(asked.time is None and asked.beliefs for asked in tally(printed))
    text = StringIO()
    assert answers_csv.write(printed, text) == 3
    table = list(csv.DictReader(StringIO(text.getvalue())))
    assert [one["paper"] for one in table] == ["B", "B", "B"]
    assert list(learners_csv.rows(printed))[1][0] == "Ana"
    page = client.get(f"/teach/quizzes/{printed.pk}/learners/{ana.pk}/")
    assert "On paper, form B; typed in" in words(page)
    assert "Correct this paper" in words(page)
    told = personal.export(None, [ana])
    assert told["classes"][0]["attempts"][0]["form on paper"] == "B"


def test_papers_are_regraded_as_all_others(client, printed, ana, ruth):
    paper = form(printed)
    variant = Variant.objects.get(pk=paper.variants[1])
    other = next(one["value"] for one in variant.content["options"] if one["model"])
    client.post(at(printed, "typed/"), sent("Ana", "A", ["-", other, "-"]))
    assert Attempt.objects.get().points == 0
    page = client.get(f"/teach/quizzes/{printed.pk}/regrade/?what=void&question=2&said=full")
    seal = page.content.decode().partition('name="seal" value="')[2].partition('"')[0]
    told = {"seal": seal, "what": "void", "question": "2", "said": "full", "lower": "", "regrade-why": "x", "why": "x"}
    assert client.post(f"/teach/quizzes/{printed.pk}/regrade/apply", told).status_code == 303
    assert Attempt.objects.get().points == 2000
    assert "All get its points since." in words(client.get(at(printed, "key/?form=A")))
    assert differences()[1] == []


def test_a_class_with_papers_is_deleted_whole(client, printed, ana, of):
    client.post(at(printed, "typed/"), sent("Ana", "A", right(form(printed))))
    personal.erase_class(of)
    assert not PaperForm.objects.exists()
    assert not Attempt.objects.exists()
