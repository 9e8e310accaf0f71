"""Accounts: made, entered, left, and got back into."""

import re
from datetime import timedelta

import pytest
from django.conf import settings as site
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from config.environment import Mail
from quizzes import accounts
from quizzes.models import Member, RecoveryCode, Session, Tries, User
from quizzes.sessions import BEGUN
from quizzes.throttle import MAILS_OF, PASSWORDS_HERE, PASSWORDS_OF
from quizzes.views.account import NOT_RIGHT, NOT_RIGHT_CODE, NOT_YOURS, TAKEN
from tests.quizzes import people
from tests.quizzes.people import PASSWORD

pytestmark = pytest.mark.django_db

OTHER = "another that is long"


def text(response) -> str:
    return response.content.decode()


def sign_up(client: Client, name: str = "Theo", password: str = PASSWORD, **more: str):
    return client.post("/account/sign-up/", {"name": name, "password": password} | more)


def sign_in(client: Client, name: str = "Theo", password: str = PASSWORD, **more: str):
    return client.post("/account/sign-in/", {"name": name, "password": password} | more)


# ------------------------------------------------------------- signing up


def test_a_name_and_a_password_make_an_account_and_one_is_signed_in():
    client = Client()
    assert sign_up(client).headers["Location"] == "/quizzes/"
    assert User.objects.get().name == "Theo"
    assert "Theo" in text(client.get("/account/"))


@pytest.mark.asvs("6.3.2")
def test_there_is_no_account_before_somebody_makes_one():
    assert not User.objects.exists()


@pytest.mark.asvs("11.4.1")
def test_a_password_is_kept_as_argon2id():
    sign_up(Client())
    assert User.objects.get().password.startswith("argon2$argon2id$")


@pytest.mark.parametrize("name", ["theo", "THEO", " Theo ", "Ｔheo"])
def test_a_name_that_differs_in_capitals_alone_is_taken(name):
    people.user("Theo")
    response = sign_up(Client(), name)
    assert response.status_code == 422
    assert TAKEN in response.context["form"].errors["name"]
    assert f'value="{name}"' in text(response)
    assert PASSWORD not in text(response)


@pytest.mark.asvs("6.2.1")
@pytest.mark.parametrize("password", ["", "a", "seven 7", "x" * 129, "a\0bcdefgh"])
def test_a_password_has_eight_to_128_characters(password):
    response = sign_up(Client(), password=password)
    assert response.status_code == 422
    assert response.context["form"].errors["password"]
    assert not User.objects.exists()


@pytest.mark.asvs("6.2.5", "6.2.8")
@pytest.mark.parametrize(
    "password", ["eightsig", "  spaces stand at both ends  ", "пароль из слов", "🪐" * 8, "x7" * 64]
)
def test_any_characters_may_be_used_and_are_taken_as_they_were_typed(password):
    sign_up(Client(), password=password)
    assert sign_in(Client(), password=password).status_code == 303
    assert sign_in(Client(), password=password.swapcase() + "x").status_code == 422


@pytest.mark.asvs("6.2.4")
@pytest.mark.parametrize("password", ["password", "12345678", "Football", "iloveyou1", "sunshine"])
def test_the_commonest_passwords_are_refused(password):
    response = sign_up(Client(), password=password)
    assert "too common" in text(response)
    assert not User.objects.exists()


@pytest.mark.asvs("6.2.6", "6.2.7")
def test_a_password_is_masked_and_a_manager_can_fill_it_in():
    up, into = text(Client().get("/account/sign-up/")), text(Client().get("/account/sign-in/"))
    for page, word in ((up, "new-password"), (into, "current-password")):
        [field] = re.findall(r'<input type="password"[^>]*name="password"[^>]*>', page)
        assert f'autocomplete="{word}"' in field
        assert "onpaste" not in page


@pytest.mark.asvs("6.4.2")
def test_nobody_is_asked_a_secret_question():
    fields = {name for form in (people_forms()) for name in form.base_fields}
    assert fields == {"name", "password", "email", "bring", "old", "new", "code"}


def people_forms():
    from quizzes import forms  # noqa: PLC0415 - looked through, not used

    return [one for one in vars(forms).values() if isinstance(one, type) and hasattr(one, "base_fields")]


@pytest.mark.parametrize("email", ["a", "a@", "@b", "a@b", "x" * 250 + "@a.example", "a@b.example\nBcc: c@d.example"])
def test_an_address_that_is_none_is_told(email):
    response = sign_up(Client(), email=email)
    assert response.status_code == 422
    assert not User.objects.exists()


# -------------------------------------------------------------- signing in


@pytest.mark.asvs("6.3.1")
def test_an_unknown_name_and_a_wrong_password_are_answered_the_same():
    people.user("Theo")
    wrong, unknown = sign_in(Client(), password="not it at all"), sign_in(Client(), "Nobody", "not it at all")
    assert wrong.status_code == unknown.status_code == 422
    assert NOT_RIGHT in text(wrong)
    plain = [re.sub(r'value="[^"]*"', "", text(one)) for one in (wrong, unknown)]
    assert plain[0] == plain[1]
    assert 'value="Nobody"' in text(unknown)
    assert "not it at all" not in text(unknown)


def watched(does, calls):
    """The same function, which notes that it was called."""

    def noted(*args, **more):
        calls.append(1)
        return does(*args, **more)

    return noted


@pytest.mark.asvs("6.3.1")
def test_an_unknown_name_costs_one_hash_as_a_wrong_password_does(monkeypatch):
    from django.contrib.auth.hashers import Argon2PasswordHasher  # noqa: PLC0415 - Django's, watched

    people.user("Theo")
    work: list[int] = []
    for name in ("encode", "verify"):
        monkeypatch.setattr(Argon2PasswordHasher, name, watched(getattr(Argon2PasswordHasher, name), work))
    costs = []
    for name in ("Theo", "Nobody"):
        work.clear()
        sign_in(Client(), name, "not it at all")
        costs.append(len(work))
    assert costs == [1, 1]


@pytest.mark.asvs("7.2.4")
def test_signing_in_makes_a_new_session_key():
    people.user("Theo")
    ana = people.learner(people.room())
    client = people.browser(member=ana)
    before = client.session.session_key
    sign_in(client)
    assert client.session.session_key != before
    assert not Session.objects.filter(pk=before).exists()


@pytest.mark.parametrize("brings", [True, False])
def test_who_one_was_without_an_account_comes_along_where_that_is_wished(brings):
    ana, theo = people.learner(people.room(), "Ana"), people.user("Theo")
    client = people.browser(member=ana)
    assert "I am Ana in Distributed systems" in text(client.get("/account/sign-in/"))
    sign_in(client, **({"bring": "on"} if brings else {}))
    ana.refresh_from_db()
    assert ana.user == (theo if brings else None)
    assert ("You are Ana here" in text(client.get("/quizzes/"))) is brings


def test_nobody_brings_a_second_member_into_a_class():
    room, theo = people.room(), people.user("Theo")
    people.learner(room, "Theo", theo)
    ana = people.learner(room, "Ana")
    sign_in(people.browser(member=ana), bring="on")
    assert Member.objects.get(pk=ana.pk).user is None


def test_one_comes_back_to_where_one_wanted_to_go():
    people.user("Theo")
    assert sign_in(Client(), next="/account/").headers["Location"] == "/account/"


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "x", "/a\nb"]
)
def test_nobody_is_sent_to_another_site(elsewhere):
    people.user("Theo")
    assert sign_in(Client(), next=elsewhere).headers["Location"] == "/quizzes/"
    page = text(Client().get("/account/sign-in/", {"next": elsewhere}))
    assert "evil" not in page
    assert "alert(1)" not in page


@pytest.mark.asvs("6.3.1")
def test_wrong_passwords_of_an_account_are_limited():
    people.user("Theo")
    for _ in range(PASSWORDS_OF.most):
        assert sign_in(Client(), password="not it at all").status_code == 422
    response = sign_in(Client(REMOTE_ADDR="10.0.0.9"))
    assert response.status_code == 429
    assert 0 < int(response.headers["Retry-After"]) <= PASSWORDS_OF.seconds
    assert 'value="Theo"' in text(response)
    assert PASSWORD not in text(response)
    people.user("Uma")
    assert sign_in(Client(), "Uma").status_code == 303


def test_right_passwords_are_not_counted():
    people.user("Theo")
    for _ in range(PASSWORDS_OF.most + 1):
        assert sign_in(Client()).status_code == 303
    assert sum(Tries.objects.values_list("count", flat=True)) == 0


@pytest.mark.asvs("6.3.1")
def test_wrong_passwords_from_one_address_are_limited(monkeypatch):
    Tries.objects.all().delete()
    from quizzes import throttle  # noqa: PLC0415 - its counts are set below

    for _ in range(PASSWORDS_HERE.most):
        throttle.spend(PASSWORDS_HERE, "127.0.0.1")
    people.user("Theo")
    assert sign_in(Client()).status_code == 429
    assert sign_in(Client(REMOTE_ADDR="10.0.0.9")).status_code == 303


# ---------------------------------------------------------------- sessions


@pytest.mark.asvs("7.2.1", "7.2.2", "7.2.3")
def test_a_session_is_a_row_here_under_a_key_that_is_random():
    theo = people.user("Theo")
    keys = {str(people.browser(theo).session.session_key) for _ in range(10)}
    assert len(keys) == 10
    assert all(re.fullmatch("[a-z0-9]{32}", key) for key in keys)  # 36 signs to the power of 32: 165 bits
    assert theo.sessions.count() == 10


@pytest.mark.asvs("7.2.1")
@pytest.mark.parametrize("key", ["x" * 32, "", "\\000" * 32, "'; --", "z" * 5000])
def test_a_key_that_is_none_is_nobody(key):
    client = Client()
    client.cookies["sessionid"] = key
    assert client.get("/quizzes/").headers["Location"] == "/join/"


@pytest.mark.asvs("7.4.1", "14.3.1")
def test_signing_out_ends_the_session():
    client = people.browser(people.user())
    key = str(client.session.session_key)
    response = client.post("/account/sign-out")
    assert response.headers["Clear-Site-Data"] == '"cache"'
    again = Client()
    again.cookies["sessionid"] = key
    assert again.get("/account/").status_code == 303


@pytest.mark.asvs("7.4.1")
def test_a_session_ends_when_nobody_uses_it_and_at_the_latest_after_half_a_year():
    theo = people.user("Theo")
    idle, old = people.browser(theo), people.browser(theo)
    store = idle.session
    Session.objects.filter(pk=store.session_key).update(expire_date=timezone.now() - timedelta(seconds=1))
    assert idle.get("/account/").status_code == 303
    store = old.session
    store[BEGUN] = int((timezone.now() - timedelta(seconds=site.SESSION_LONGEST - 600)).timestamp())
    store.save()
    assert old.get("/account/").status_code == 200
    left = Session.objects.get(pk=store.session_key).expire_date - timezone.now()
    assert left <= timedelta(seconds=600)
    store[BEGUN] -= 601
    store.save()
    assert old.get("/account/").status_code == 303


def test_a_session_that_is_used_lasts_as_long_again():
    client = people.browser(people.user())
    client.get("/account/")
    key = client.session.session_key
    Session.objects.filter(pk=key).update(expire_date=timezone.now() + timedelta(hours=1))
    store = client.session
    store["day"] -= 1
    store.save()
    Session.objects.filter(pk=key).update(expire_date=timezone.now() + timedelta(hours=1))
    client.get("/account/")
    assert Session.objects.get(pk=key).expire_date > timezone.now() + timedelta(days=29)


def test_sessions_that_have_ended_are_deleted_when_somebody_signs_in():
    people.user("Theo")
    Session.objects.create(pk="x" * 32, session_data="", expire_date=timezone.now() - timedelta(days=1))
    sign_in(Client())
    assert not Session.objects.filter(pk="x" * 32).exists()


@pytest.mark.asvs("7.4.1")
def test_one_can_sign_out_everywhere_else():
    theo = people.user("Theo")
    here, there = people.browser(theo), people.browser(theo)
    assert "In 2 browsers" in text(here.get("/account/"))
    here.post("/account/sign-out-elsewhere")
    assert here.get("/account/").status_code == 200
    assert there.get("/account/").status_code == 303


# ------------------------------------------------------------ the password


@pytest.mark.asvs("6.2.2", "7.4.1")
def test_changing_the_password_ends_other_sessions_and_not_this_one():
    theo = people.user("Theo")
    here, there = people.browser(theo), people.browser(theo)
    response = here.post("/account/password", {"old": PASSWORD, "new": OTHER})
    assert "The password is changed" in text(response)
    assert here.get("/account/").status_code == 200
    assert there.get("/account/").status_code == 303
    assert Session.objects.count() == 1
    assert sign_in(Client()).status_code == 422
    assert sign_in(Client(), password=OTHER).status_code == 303


@pytest.mark.asvs("6.2.3")
@pytest.mark.parametrize(
    ("address", "fields"),
    [
        ("/account/password", {"old": "not it at all", "new": OTHER}),
        ("/account/codes", {"password": "not it at all"}),
        ("/account/erase", {"password": "not it at all"}),
    ],
)
def test_what_matters_asks_for_the_password(address, fields):
    theo = people.user("Theo")
    response = people.browser(theo).post(address, fields)
    assert response.status_code == 422
    assert NOT_YOURS in text(response)
    theo.refresh_from_db()
    assert theo.check_password(PASSWORD)
    assert not RecoveryCode.objects.exists()


@pytest.mark.asvs("6.3.1")
def test_guessing_it_there_is_limited_too():
    client = people.browser(people.user())
    for _ in range(PASSWORDS_OF.most):
        client.post("/account/erase", {"password": "not it at all"})
    assert client.post("/account/erase", {"password": PASSWORD}).status_code == 429
    assert User.objects.exists()


def test_the_address_is_changed_and_taken_away():
    theo = people.user("Theo", "theo@example.org")
    client = people.browser(theo)
    assert "theo@example.org" in text(client.get("/account/"))
    client.post("/account/email", {"email": ""})
    theo.refresh_from_db()
    assert theo.email == ""
    assert client.post("/account/email", {"email": "x"}).status_code == 422


# ---------------------------------------------------------- getting back in


def codes_of(client: Client) -> list[str]:
    return re.findall("<code[^>]*>([^<]*)</code>", text(client.post("/account/codes", {"password": PASSWORD})))


def recover(name: str, code: str, password: str = OTHER):
    return Client().post("/account/reset/", {"name": name, "code": code, "password": password})


@pytest.mark.asvs("6.4.1")
def test_eight_codes_are_shown_once_and_kept_as_hashes():
    theo = people.user("Theo")
    client = people.browser(theo)
    codes = codes_of(client)
    assert len(set(codes)) == 8
    assert all(re.fullmatch("[1-8](-[2-9A-Z]{4}){3}", code) for code in codes)
    assert all(row.hashed.startswith("argon2_code$argon2id$") for row in theo.recovery_codes.all())
    assert codes[0] not in text(client.get("/account/"))
    assert "8 of your codes" in text(client.get("/account/"))


def test_a_code_sets_a_new_password_once_and_ends_all_sessions():
    theo = people.user("Theo")
    client = people.browser(theo)
    code = codes_of(client)[2].lower().replace("-", " ")
    assert recover("theo", code).headers["Location"] == "/account/"
    assert client.get("/account/").status_code == 303
    assert sign_in(Client(), password=OTHER).status_code == 303
    response = recover("Theo", code, "one more that is long")
    assert response.status_code == 422
    assert NOT_RIGHT_CODE in text(response)
    assert accounts.codes_left(theo) == 7


def test_a_code_of_another_account_and_new_ones_in_place_of_it_do_not():
    theo, uma = people.user("Theo"), people.user("Uma")
    client = people.browser(theo)
    old = codes_of(client)
    assert recover("Uma", old[0]).status_code == 422
    codes_of(client)
    assert recover("Theo", old[0]).status_code == 422
    uma.refresh_from_db()
    assert uma.check_password(PASSWORD)


@pytest.mark.parametrize("code", ["0-AAAA-BBBB-CCCC", "9-AAAA-BBBB-CCCC", "x", "²", "-1", "1"])
def test_what_is_no_code_is_refused(code):
    codes_of(people.browser(people.user()))
    assert recover("Theo", code).status_code == 422


def test_guessing_codes_is_limited():
    people.user("Theo")
    for _ in range(PASSWORDS_OF.most):
        assert recover("Theo", "1-AAAA-BBBB-CCCC").status_code == 422
    assert recover("Theo", "1-AAAA-BBBB-CCCC").status_code == 429


@pytest.fixture
def mails(settings):
    settings.MAIL = Mail("127.0.0.1", 25, "", "", starttls=False, tls=False, sender="orrery@orrery.example")
    return mail.outbox


def test_without_a_mail_server_nobody_is_offered_a_mail():
    people.user("Theo", "theo@example.org")
    assert "By mail" not in text(Client().get("/account/reset/"))
    assert Client().post("/account/reset/mail", {"name": "Theo"}).status_code == 422
    assert mail.outbox == []


@pytest.mark.asvs("6.4.1")
def test_a_link_by_mail_sets_a_new_password_once(mails):
    theo = people.user("Theo", "theo@example.org")
    signed_in = people.browser(theo)
    assert "By mail" in text(Client().get("/account/reset/"))
    Client().post("/account/reset/mail", {"name": "theo"})
    [sent] = mails
    assert sent.to == ["theo@example.org"]
    [link] = re.findall(r"http://testserver(/account\S+)", sent.body)
    client = Client()
    assert "A new password for Theo" in text(client.get(link))
    assert client.post(link, {"password": "short"}).status_code == 422
    assert client.post(link, {"password": OTHER}).headers["Location"] == "/account/"
    assert Client().get(link).status_code == 404
    assert signed_in.get("/account/").status_code == 303
    assert OTHER not in sent.body


def test_whether_there_is_an_account_is_not_said(mails):
    people.user("Theo", "theo@example.org")
    people.user("Uma")
    pages = {text(Client().post("/account/reset/mail", {"name": name})) for name in ("Theo", "Uma", "Nobody")}
    assert len(pages) == 1
    assert len(mails) == 1


def test_mails_are_limited(mails):
    people.user("Theo", "theo@example.org")
    statuses = [Client().post("/account/reset/mail", {"name": "Theo"}).status_code for _ in range(MAILS_OF.most + 1)]
    assert statuses == [200] * MAILS_OF.most + [429]
    assert len(mails) == MAILS_OF.most


def test_a_mail_server_that_is_away_is_told(mails, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 9, 1
    people.user("Theo", "theo@example.org")
    response = Client().post("/account/reset/mail", {"name": "Theo"})
    assert response.status_code == 503
    assert "could not be sent" in text(response)


@pytest.mark.parametrize("link", ["1/x-y", "zzzzzzzzzzzzzzzzzzzzzz/x-y", "-/x", "0/x"])
def test_a_link_that_is_none_is_told(link):
    response = Client().get(f"/account/reset/{link}/")
    assert response.status_code == 404
    assert "This link does not work" in text(response)


def test_a_link_holds_for_an_hour(settings):
    path = accounts.reset_path(people.user())
    assert Client().get(path).status_code == 200
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert Client().get(path).status_code == 404


def test_whoever_runs_the_site_can_make_a_link(capsys):
    people.user("Theo")
    call_command("reset_password", "theo")
    path = capsys.readouterr().out.strip()
    assert Client().post(path, {"password": OTHER}).status_code == 303
    with pytest.raises(CommandError):
        call_command("reset_password", "Nobody")
