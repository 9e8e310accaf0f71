"""A list of learners: read row by row, taken at once or not at all, and its places taken by who joins."""

from __future__ import annotations

import csv
from io import StringIO

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from quizzes import joining
from quizzes.files.cells import FORMULAS, plain, safe
from quizzes.files.roster_csv import MOST_FAULTS, MOST_ROWS, MOST_SIGNS, Unreadable, read
from quizzes.joining import NameTaken
from quizzes.models import Class, Entry, Member, User
from tests.quizzes import made, people
from tests.quizzes.test_pages import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def ruth() -> User:
    return people.user("Ruth")


@pytest.fixture
def of(ruth) -> Class:
    return people.room(owner=ruth)


@pytest.fixture
def client(ruth) -> Client:
    return people.browser(ruth)


def rows(text: str) -> list[tuple[str, str]]:
    return [(row.name, row.external_id) for row in read(text).rows]


def faults(text: str) -> list[str]:
    with pytest.raises(Unreadable) as told:
        read(text)
    return [str(one) for one in told.value.faults]


def send(client: Client, of: Class, text: str):
    return client.post(f"/teach/classes/{of.pk}/list/", {"roster": text})


@pytest.mark.parametrize(
    "text",
    [
        "name,id\nAna Lía,7\nBen,\n",
        "name;id\r\nAna Lía;7\r\nBen;\r\n",
        "name\tid\rAna Lía\t7\rBen\t\r",
        "\ufeffid,Name\n7,Ana Lía\n,Ben",
        "\n\nStudent number;Full_Name\n\n7; Ana   Lía \n;Ben\n;;\n",
        '"Last name","First name","Student ID"\n"Lía","Ana","7"\n"","Ben",""',
        'name,id\n"Ana Lía","7"\nBen',
    ],
)
def test_columns_stand_in_any_order_and_are_parted_by_any_usual_sign(text):
    assert rows(text) == [("Ana Lía", "7"), ("Ben", "")]


def test_a_list_of_names_alone_needs_no_first_row():
    assert rows("Ana\nBen\n\nChidi") == [("Ana", ""), ("Ben", ""), ("Chidi", "")]


def test_a_name_with_a_comma_stands_in_quotation_marks():
    assert rows('id,name\n7,"Lía, Ana ""Nana"""') == [('Lía, Ana "Nana"', "7")]


def test_what_is_not_kept_is_said():
    found = read("name,E-mail,id,Group\nAna,ana@example.org,7,B")
    assert found.left_out == ["E-mail", "Group"]
    assert "example" not in repr(found.rows)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", ["There is no row yet: type a name, or paste a list."]),
        ("\n ,,\n", ["There is no row yet: type a name, or paste a list."]),
        ("7,Ana\n8,Ben", ["Row 1: The first row says what the columns are; one of them is called “name”."]),
        ("id,group\n7,B", ["Row 1: The first row says what the columns are; one of them is called “name”."]),
        ("name,Full name\nAna,Ana", ["Row 1: Two columns are called “name”."]),
        ("name,id\n,7\nBen,8", ["Row 2: Type a name."]),
        ("name\nAna\n\nANA ", ["Row 4: ANA stands in row 2 already. Add a letter to one of them."]),
        ("name,id\nAna,7\nBen,7", ["Row 3: The id 7 stands in row 2 already."]),
        ("name,id\nLía, Ana,7", ["Row 2: There are 3 cells, and 2 columns. Put a comma within “ ”."]),
        ('name,id\nAna,7\n"Ben,8\n', ["Row 3: A quotation mark opens here, and none closes it where the cell ends."]),
        ("name\n" + "x" * 61, ["Row 2: A name has at most 60 characters."]),
        ("name,id\nAna," + "7" * 61, ["Row 2: An id has at most 60 characters, all of which can be seen."]),
        ("name\na\u202eb", ["Row 2: A name is made of letters, digits and signs that can be seen."]),
        ("A\0n\0a\0", ["Some signs of this list were lost: save it as “CSV UTF-8” and copy it again."]),
        ("name\nL\ufffda", ["Some signs of this list were lost: save it as “CSV UTF-8” and copy it again."]),
        ("x" * (MOST_SIGNS + 1), ["The list has 20,001 characters; 20,000 are taken at once."]),
        ("\n".join(map(str, range(MOST_ROWS + 1))), ["The list has 501 learners; 500 are taken at once."]),
    ],
)
def test_what_is_wrong_is_said_with_its_row(text, says):
    assert faults(text) == says


def test_every_row_that_is_wrong_is_told_in_order_up_to_a_number():
    assert faults("name\nAna\n—\nana\n\u202e") == [
        "Row 3: A name is made of letters, digits and signs that can be seen.",
        "Row 4: ana stands in row 2 already. Add a letter to one of them.",
        "Row 5: A name is made of letters, digits and signs that can be seen.",
    ]
    with pytest.raises(Unreadable) as told:
        read("\n".join(["Ana"] * 80))
    assert (len(told.value.faults), told.value.more) == (MOST_FAULTS, 79 - MOST_FAULTS)


@given(st.text(max_size=300))
def test_whatever_is_pasted_is_read_or_refused_in_words(text):
    try:
        told = [row.name for row in read(text).rows]
    except Unreadable as refused:
        told = [str(fault) for fault in refused.faults]
    assert all(told)


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1, max_size=20), max_size=5))
def test_what_a_spreadsheet_is_given_comes_back_as_it_was(texts):
    assert [plain(safe(one)) for one in texts if not one.startswith("'")] == [
        one for one in texts if not one.startswith("'")
    ]


def test_a_list_becomes_members_who_have_not_joined(client, of):
    page = send(client, of, "name;id;e-mail\nAna;7;ana@example.org\nBen;8;b@example.org")
    assert "2 learners added" in words(page)
    assert "Not kept: the column “e-mail”." in words(page)
    found = Member.objects.filter(role=Member.Role.LEARNER).order_by("name")
    assert [(one.name, one.folded, one.external_id, one.joined, one.resume_hash) for one in found] == [
        ("Ana", "ana", "7", None, None), ("Ben", "ben", "8", None, None),
    ]  # fmt: skip
    assert "example.org" not in str(list(Member.objects.values()) + list(Entry.objects.values()))


def test_where_one_row_is_wrong_none_is_added_and_the_list_stays_in_the_field(client, of):
    text = "name,id\nAna,7\nBen,8\nRuth,9\n<b>Chidi</b>,10"
    page = send(client, of, text)
    assert page.status_code == 422
    assert "Row 4: Ruth teaches this class." in words(page)
    assert "Nothing was added" in words(page)
    assert "&lt;b&gt;Chidi&lt;/b&gt;,10" in page.content.decode()
    assert Member.objects.count() == 1


def test_who_is_in_the_class_already_is_told_and_gets_their_id(client, of):
    ana = people.learner(of, "Ana")
    assert "1 learner added, 1 in the class already" in words(send(client, of, "name,id\nANA,7\nBen,8"))
    ana.refresh_from_db()
    assert (ana.name, ana.external_id) == ("Ana", "7")
    assert ana.joined is not None


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("name,id\nAna,9", "Row 2: Ana is in the class already, with the id 7."),
        ("name,id\nBen,7", "Row 2: The id 7 is that of Ana, who is in the class under this name."),
        ("name,id\nChidi,7", "Row 2: The id 7 is that of Ana already."),
    ],
)
def test_a_row_that_contradicts_the_class_is_told(client, of, text, says):
    made.member(of, "Ana", external_id="7")
    made.member(of, "Chidi")
    page = send(client, of, text)
    assert page.status_code == 422
    assert says in words(page)


def test_who_was_removed_comes_back_by_their_id(client, of):
    ana = made.member(of, "Ana", external_id="7", removed=timezone.now())
    assert "0 learners added, 1 brought back" in words(send(client, of, "name,id\nAna Lía,7"))
    ana.refresh_from_db()
    assert (ana.name, ana.removed, ana.joined) == ("Ana Lía", None, None)
    assert joining.join(of, "ana lía", None, people.SECRET).pk == ana.pk


def test_the_same_list_again_changes_nothing(client, of):
    text = "name,id\nAna,7\nBen,8"
    send(client, of, text)
    before = list(Member.objects.order_by("pk").values())
    assert "0 learners added, 2 in the class already" in words(send(client, of, text))
    assert list(Member.objects.order_by("pk").values()) == before


def test_who_joins_under_a_name_of_the_list_takes_its_place(client, of):
    send(client, of, "name,id\nAna Lía,7")
    hers = Client()
    page = hers.post(f"/join/{of.join_code}/", {"name": " ANA  lía", "secret": "a" * 22})
    assert "You are in, Ana Lía" in words(page)
    ana = Member.objects.get(external_id="7")
    assert ana.joined is not None
    assert joining.of_secret("a" * 22) == ana
    assert Member.objects.filter(role=Member.Role.LEARNER).count() == 1


def test_a_place_is_taken_once_and_pressing_twice_is_joining_once(client, of):
    send(client, of, "Ana")
    ana = joining.join(of, "Ana", None, "a" * 22)
    assert joining.join(of, "Ana", None, "a" * 22) == ana
    with pytest.raises(NameTaken):
        joining.join(of, "Ana", None, "b" * 22)
    assert joining.of_secret("a" * 22) == ana


def test_with_an_account_one_takes_a_place_too(client, of):
    send(client, of, "Theo")
    theo = people.user("Theo")
    member = joining.join(of, "theo", theo, people.SECRET)
    assert (member.user, Member.objects.filter(role=Member.Role.LEARNER).count()) == (theo, 1)


def test_a_place_for_which_a_link_was_made_is_its_holders(client, of):
    send(client, of, "Ana")
    ana = Member.objects.get(name="Ana")
    secret = joining.new_link(ana)
    with pytest.raises(NameTaken):
        joining.join(of, "Ana", None, people.SECRET)
    Client().post(f"/resume/{secret}/")
    ana.refresh_from_db()
    assert ana.joined is not None


def test_what_is_granted_before_anybody_comes_is_theirs(client, of):
    send(client, of, "Ana")
    Member.objects.filter(name="Ana").update(factor=1500)
    assert joining.join(of, "Ana", None, people.SECRET).factor == 1500


def test_the_learners_are_handed_out_as_a_table_in_which_nothing_runs(client, of):
    for name, number in (("=HYPERLINK(1)", "7"), ("Ana Lía", "-2026+1"), ("Ben", "-5")):
        made.member(of, name, external_id=number)
    answer = client.get(f"/teach/classes/{of.pk}/learners.csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "no-store" in answer.headers["Cache-Control"]
    text = answer.content.decode("utf-8-sig")
    table = list(csv.reader(StringIO(text)))
    assert table[0] == ["name", "id", "joined"]
    assert [row[:2] for row in table[1:]] == [["'=HYPERLINK(1)", "7"], ["Ana Lía", "'-2026+1"], ["Ben", "-5"]]
    assert not [cell for row in table[1:] for cell in row if cell.startswith(FORMULAS) and cell != "-5"]
    assert "0 learners added, 3 in the class already" in words(send(client, of, text))


def test_the_longest_list_goes_through_a_form(client, of):
    """In letters that take most bytes: nine each, as a form sends them."""
    assert settings.DATA_UPLOAD_MAX_MEMORY_SIZE > 9 * MOST_SIGNS
    text = "\n".join("学" * 35 + f"{number:03}" for number in range(MOST_ROWS))
    assert len(text) <= MOST_SIGNS
    assert "500 learners added" in words(send(client, of, text))


def test_two_who_come_at_once_are_not_both_given_a_place(of, ruth):
    """The second finds it taken between its look and its step."""
    made.member(of, "Ana", joined=None)
    row = Member.objects.get(name="Ana")
    Member.objects.filter(pk=row.pk).update(joined=timezone.now(), resume_hash=joining.hashed("b" * 22))
    with pytest.raises(NameTaken):
        joining.join(of, "Ana", None, "a" * 22)
