"""The pages of a quiz without JavaScript: what they show at which moment, and what they say to bad input."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from quizzes.models import Attempt, Save
from quizzes.recount import differences
from tests.quizzes import made

pytestmark = pytest.mark.django_db


@pytest.fixture
def of():
    return made.class_()


@pytest.fixture
def ana(of):
    return made.member(of)


@pytest.fixture
def client(ana):
    return made.signed_in(ana)


def begun(client, quiz) -> Attempt:
    response = client.post(reverse("quizzes:start", args=[quiz.pk]))
    assert response.status_code == 303
    assert response.headers["Location"] == f"/quizzes/{quiz.pk}/1/1/"
    return Attempt.objects.get(quiz=quiz)


def question(attempt, place=1, verb=""):
    return f"/quizzes/{attempt.quiz_id}/{attempt.number}/{place}/{verb}"


def words(response) -> str:
    """What a reader reads; templates and pictures left out."""
    page = re.sub(r"<(template|svg|style|script)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def fields(response) -> dict[str, str]:
    """The hidden fields of the form."""
    return dict(re.findall(r'<input type="hidden" name="(key|base)" value="([^"]*)">', response.content.decode()))


def say(client, attempt, value, place=1, **more):
    page = client.get(question(attempt, place))
    return client.post(question(attempt, place, "save"), fields(page) | {"answer": value} | more)


def test_the_cover_says_the_rules_with_the_times_of_this_member(client, of, ana):
    ana.factor = 1500
    ana.save()
    quiz = made.quiz(of, limit_s=1200, attempts=2, closes=timezone.now() + timedelta(days=1))
    told = words(client.get(f"/quizzes/{quiz.pk}/"))
    assert "3 questions, 6 points in all." in told
    assert "You have 30 minutes from the moment you start." in told
    assert "You may take it 2 times; the best counts." in told
    assert "in Vienna (UTC+" in told
    assert "right or wrong after handing in; the reason and the run after everybody’s time is over" in told


def test_an_answer_is_saved_and_the_page_says_when(client, of):
    attempt = begun(client, made.quiz(of))
    response = say(client, attempt, made.right(attempt))
    assert (response.status_code, response.headers["Location"]) == (303, question(attempt))
    page = client.get(question(attempt))
    assert re.search(r"Saved \d\d:\d\d:\d\d , on the server", words(page))
    assert f'value="{made.right(attempt)}" required checked' in page.content.decode()


def test_pressing_twice_is_once(client, of):
    attempt = begun(client, made.quiz(of))
    told = fields(client.get(question(attempt))) | {"answer": made.right(attempt)}
    assert [client.post(question(attempt, verb="save"), told).status_code for _ in range(2)] == [303, 303]
    assert Save.objects.count() == 1


def test_who_goes_back_and_says_something_else_is_asked_which_one_it_is(client, of):
    """The page that was shown again has the key and the revision that it had."""
    attempt = begun(client, made.quiz(of))
    told = fields(client.get(question(attempt)))
    client.post(question(attempt, verb="save"), told | {"answer": made.right(attempt)})
    response = client.post(question(attempt, verb="save"), told | {"answer": made.wrong(attempt)})
    assert response.status_code == 409
    assert f"Another tab said {made.right(attempt)} at" in words(response)
    assert f'value="{made.wrong(attempt)}" required checked' in response.content.decode()
    again = client.post(question(attempt, verb="save"), fields(response) | {"answer": made.wrong(attempt)})
    assert again.status_code == 303
    assert made.answer_of(attempt).value == made.wrong(attempt)


@pytest.mark.parametrize("typed", ["twelve", "1.5", "12 keys", "9" * 41, "9" * 500, "\0"])
def test_what_cannot_be_read_gets_a_sentence_and_stays_as_it_was_typed(client, of, typed):
    attempt = begun(client, made.quiz(of, kinds=(made.NUMBER,)))
    response = say(client, attempt, typed)
    assert response.status_code == 422
    assert "Not saved." in words(response)
    assert len(typed) > 400 or typed == "\0" or f'value="{typed}"' in response.content.decode()
    assert not Save.objects.exists()


def test_an_answer_is_taken_back(client, of):
    attempt = begun(client, made.quiz(of))
    say(client, attempt, made.right(attempt))
    assert say(client, attempt, made.right(attempt), blank="yes").status_code == 303
    assert made.answer_of(attempt).value is None
    assert " checked" not in client.get(question(attempt)).content.decode()


def test_a_thing_that_is_not_in_the_picture_is_no_answer(client, of):
    attempt = begun(client, made.quiz(of))
    response = say(client, attempt, "nobody")
    assert response.status_code == 422
    assert "Nothing in the picture is called “nobody”" in words(response)


@pytest.mark.parametrize("told", [{}, {"key": "x", "base": "-1"}, {"key": "x", "base": "9" * 30}, {"base": "1.5"}])
def test_a_form_whose_hidden_fields_are_broken_saves_all_the_same(client, of, told):
    attempt = begun(client, made.quiz(of))
    assert client.post(question(attempt, verb="save"), told | {"answer": made.right(attempt)}).status_code == 303


def test_before_it_is_handed_in_nothing_of_the_answer_is_in_any_page(client, of):
    attempt = begun(client, made.quiz(of))
    say(client, attempt, made.wrong(attempt))
    content = made.answer_of(attempt).variant.content
    hidden = [content["because"], content["query"], *(one["belief"] for one in content["options"])]
    hidden += [one["model"] for one in content["options"]]
    pages = [question(attempt), f"/quizzes/{attempt.quiz_id}/1/", f"/quizzes/{attempt.quiz_id}/"]
    for page in pages:
        text = client.get(page).content.decode()
        assert [one for one in hidden if one and one in text] == [], page


def test_handing_in_says_how_many_are_blank_and_shows_what_the_rules_allow(client, of):
    attempt = begun(client, made.quiz(of, closes=timezone.now() + timedelta(days=1)))
    say(client, attempt, made.right(attempt))
    page = f"/quizzes/{attempt.quiz_id}/1/"
    assert "Hand in with 2 blank" in words(client.get(page))
    assert client.post(f"{page}hand-in").headers["Location"] == page
    told = words(client.get(page))
    assert "2 of 6 points" in told
    assert "Reasons and runs on" in told
    review = words(client.get(question(attempt)))
    assert "and so it is" in review
    assert made.answer_of(attempt).variant.content["because"] not in review


def test_after_closing_the_reason_and_the_run_are_shown(client, of):
    quiz = made.quiz(of)
    attempt = begun(client, quiz)
    say(client, attempt, made.wrong(attempt))
    client.post(f"/quizzes/{quiz.pk}/1/hand-in")
    quiz.closes = timezone.now() - timedelta(minutes=1)
    quiz.save()
    content = made.answer_of(attempt).variant.content
    option = next(one for one in content["options"] if one["value"] == made.wrong(attempt))
    told = words(client.get(question(attempt)))
    assert f"You said {made.wrong(attempt)} . It is {content['right']} ." in told
    assert option["belief"] in told
    assert "Practise another like this" in told


def test_a_blank_is_told_as_one(client, of):
    quiz = made.quiz(of, "exercise")
    attempt = begun(client, quiz)
    client.post(f"/quizzes/{quiz.pk}/1/hand-in")
    assert "You left this blank." in words(client.get(question(attempt)))


def test_time_that_is_up_is_told_and_what_was_saved_counts(client, of):
    attempt = begun(client, made.quiz(of, limit_s=600))
    say(client, attempt, made.right(attempt))
    page = client.get(question(attempt))
    Attempt.objects.filter(pk=attempt.pk).update(started=timezone.now() - timedelta(minutes=11))
    late = client.post(question(attempt, 2, "save"), fields(page) | {"answer": made.right(attempt, 2)})
    assert late.status_code == 409
    assert "Came too late: kept, not counted." in words(late)
    told = words(client.get(f"/quizzes/{attempt.quiz_id}/1/"))
    assert "Time is up: what was saved by" in told
    assert "2 of 6 points" in told
    assert differences()[1] == []


def test_an_exercise_checks_and_says_what_the_next_try_is_worth(client, of):
    attempt = begun(client, made.quiz(of, "exercise"))
    assert "Try 1 of 3: worth 100 %" in words(client.get(question(attempt)))
    assert say(client, attempt, made.wrong(attempt), check="yes").status_code == 303
    told = words(client.get(question(attempt)))
    assert "Try 2 of 3: worth 60 %" in told
    assert f"{made.wrong(attempt)} is not what the machine does." in told
    assert made.answer_of(attempt).variant.content["because"] not in told
    say(client, attempt, made.right(attempt), check="yes")
    told = words(client.get(question(attempt)))
    assert "and so it is" in told
    assert "1.2 of 2 points" in told


def test_checking_nothing_says_so(client, of):
    attempt = begun(client, made.quiz(of, "exercise"))
    response = say(client, attempt, "", check="yes")
    assert response.status_code == 422
    assert "There is nothing to check yet." in words(response)


def test_a_start_that_is_refused_says_why_and_starts_nothing(client, of):
    quiz = made.quiz(of, opens=timezone.now() + timedelta(hours=1))
    response = client.post(f"/quizzes/{quiz.pk}/start")
    assert response.status_code == 409
    assert "has not opened yet" in words(response)
    assert not Attempt.objects.exists()


def test_the_steps_end_where_it_is_asked(client, of):
    attempt = begun(client, made.quiz(of))
    content = made.answer_of(attempt).variant.content
    for layout in ("wide", "narrow"):
        told = client.get(question(attempt, verb="trace"), {"layout": layout}).json()
        assert len(told["steps"]) == content["stop"] + 1
        assert told["query"] != content["query"]
    assert client.get(question(attempt, verb="trace"), {"layout": "round"}).status_code == 404


def test_a_question_that_is_not_there(client, of):
    attempt = begun(client, made.quiz(of))
    for address in (question(attempt, 4), question(attempt, 10**30), f"/quizzes/{attempt.quiz_id}/{10**30}/1/"):
        assert client.get(address).status_code == 404
    assert client.post(question(attempt, 9, "save"), {"answer": "x"}).status_code == 404


def test_everything_is_for_one_reader_and_kept_by_nobody(client, of):
    attempt = begun(client, made.quiz(of))
    page = f"/quizzes/{attempt.quiz_id}/"
    api = f"/quizzes/api/{attempt.quiz_id}/1/clock"
    for address in (page, f"{page}1/", question(attempt), question(attempt, verb="trace"), api):
        response = client.get(address, headers={"Accept-Encoding": "br, gzip"})
        assert response.status_code == 200, address
        assert response.headers["Cache-Control"] == "no-store, private"
        assert response.headers["Referrer-Policy"] == "same-origin"
        assert "Cookie" in response.headers["Vary"]
        assert not {"ETag", "Content-Encoding"} & set(response.headers), address


def test_a_question_whose_model_has_changed_since_is_shown_and_graded_as_it_was(client, of):
    """Nothing old is run: the picture is the one that was asked, and the verdict the one that was frozen."""
    quiz = made.quiz(of, "exercise", kinds=(made.PICK,), stock=1)
    attempt = begun(client, quiz)
    variant = made.answer_of(attempt).variant
    variant.content |= {"miniature_version": 99, "template_version": 7}
    variant.save()
    before = client.get(question(attempt)).content
    assert variant.content["prompt"].encode() in before
    say(client, attempt, made.right(attempt), check="yes")
    told = words(client.get(question(attempt)))
    assert "and so it is" in told
    assert "The model has been changed since." in told


def test_what_one_person_opened_is_never_taken_for_another(of, ana):
    """Two use one browser one after the other, and a tab of the first stays open."""
    quiz = made.quiz(of)
    bea = made.member(of, "Bea")
    browser = made.signed_in(ana)
    old = {f"/quizzes/{quiz.pk}/": hidden(browser.get(f"/quizzes/{quiz.pk}/"))}
    attempt = begun(browser, quiz)
    old |= {page: hidden(browser.get(page)) for page in (question(attempt), f"/quizzes/{quiz.pk}/1/")}
    leaving = [f"/quizzes/classes/{of.pk}/{verb}" for verb in ("leave", "erase")]
    old |= {page: hidden(browser.get(page)) for page in leaving}
    browser.cookies["sessionid"] = made.signed_in(bea).cookies["sessionid"].value
    begun_by_bea = browser.post(f"/quizzes/{quiz.pk}/start")
    assert begun_by_bea.status_code == 303
    said = browser.post(question(attempt, verb="save"), old[question(attempt)] | {"answer": made.right(attempt)})
    assert said.status_code == 409
    assert "Somebody else is here now" in words(said)
    assert made.right(attempt) in words(said)
    posts = {
        f"/quizzes/{quiz.pk}/1/hand-in": f"/quizzes/{quiz.pk}/1/",
        f"/quizzes/{quiz.pk}/start": f"/quizzes/{quiz.pk}/",
        **{page: page for page in leaving},
        f"/quizzes/classes/{of.pk}/link": leaving[0],
    }
    for address, page in posts.items():
        assert browser.post(address, old[page]).status_code == 409, address
    assert not Save.objects.exists()
    assert not Attempt.objects.exclude(handed_in=None).exists()
    bea.refresh_from_db()
    assert (bea.name, bea.removed) == ("Bea", None)


def hidden(response) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(key|base|who)" value="([^"]*)">', response.content.decode()))


def test_who_is_signed_out_is_told_so_and_shown_what_they_had_said(client, of):
    attempt = begun(client, made.quiz(of))
    told = hidden(client.get(question(attempt)))
    client.cookies.clear()
    response = client.post(question(attempt, verb="save"), told | {"answer": made.right(attempt)})
    assert response.status_code == 404
    assert "You are signed out here" in words(response)
    assert made.right(attempt) in words(response)
    assert "You are signed out here" in words(client.get(question(attempt)))


def test_a_blank_that_was_handed_in_is_not_called_wrong(client, of):
    quiz = made.quiz(of, "exercise")
    begun(client, quiz)
    client.post(f"/quizzes/{quiz.pk}/1/hand-in")
    assert ", nothing saved" in words(client.get(f"/quizzes/{quiz.pk}/1/"))
    assert ", wrong" not in words(client.get(f"/quizzes/{quiz.pk}/1/"))


def test_the_list_tells_what_was_missed_from_what_was_done(client, of):
    past = timezone.now() - timedelta(hours=1)
    made.quiz(of, title="Missed", closes=past)
    assert re.search(r"closed Missed", words(client.get("/quizzes/")))
