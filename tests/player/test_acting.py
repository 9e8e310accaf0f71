"""An action that is sent changes the run, and nothing else that the address says."""

import re
from html import unescape

import pytest
from django.test import Client

from playground.asking.request import ask
from playground.engine.registry import Entry, entries

RUN = "/playground/load-balancing/"
BESIDE = "vs=algorithm:least-connections"
KILL = "act=kill&act.node=ada"
NOBODY = "nobody is not a server that answers. There is ada, bob, cleo, dee."
WITHOUT_FIELDS = 'class="messages" role="status">\n  <p class="problem">'


def test_the_other_run_stays_beside_it(client: Client):
    answer = client.get(f"{RUN}?{BESIDE}&{KILL}")
    asked = ask(entries()["load-balancing"], f"do=kill:ada&{BESIDE}")
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"{RUN}?do=kill:ada&{BESIDE}&step={asked.run.consequence(0)}"
    assert "Round robin beside Least connections" in client.get(answer.headers["Location"]).text


def test_it_stays_in_the_fragment_and_on_the_page_of_a_challenge(client: Client):
    pushed = client.get(f"{RUN}player?{BESIDE}&{KILL}").headers["HX-Push-Url"]
    assert pushed.startswith(f"{RUN}?do=kill:ada&{BESIDE}&step=")
    challenge = f"/playground/hash-ring/challenge/{entries()['hash-ring'].challenges[0].name}/"
    sent = client.get(f"{challenge}?vs=placement:nginx&act=remove&act.node=cleo").headers["Location"]
    assert sent.startswith(f"{challenge}?do=remove:cleo&vs=placement:nginx")


def test_it_stays_where_one_acts_from_an_earlier_step(client: Client):
    before = f"do=kill:ada&do=kill:bob&{BESIDE}"
    asked = ask(entries()["load-balancing"], before)
    assert asked.versus
    step = asked.run.starts[1] - 1
    page = client.get(f"{RUN}?{before}&step={step}&act=revive&act.node=ada")
    assert page.status_code == 200
    assert f"You acted from step {step}: what was done after it is dropped." in page.text
    assert f"trace?do=kill:ada&amp;do=revive:ada&amp;{BESIDE}" in page.text


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        (f"{BESIDE}&act=kill&act.node=nobody", NOBODY),
        (f"{BESIDE}&act=kill&act.node=", "Kill a server needs server"),
        (f"do=kill:nobody&{BESIDE}", NOBODY),
        (f"{BESIDE}&gap=9999", "9999 is out of range"),
    ],
)
@pytest.mark.parametrize("path", [RUN, "/embed/load-balancing/"])
def test_what_is_refused_leaves_the_pair_and_is_said(client: Client, path: str, query: str, sentence: str):
    page = client.get(f"{path}?{query}")
    assert page.status_code == 422
    assert f"{WITHOUT_FIELDS}{sentence}" in page.text
    assert f"trace?{BESIDE}" in page.text


def test_a_pair_that_cannot_be_is_told_once_and_the_action_is_done(client: Client):
    page = client.get(f"{RUN}?vs=nonsense&{KILL}")
    assert page.status_code == 422
    assert page.text.count("Write vs=input:value") == 1
    assert "kill:ada" in page.text


def test_what_was_typed_into_another_field_stays_there(client: Client):
    page = client.get(f"{RUN}?gap=9999&{KILL}")
    assert page.status_code == 422
    assert 'name="gap" value="9999"' in page.text
    assert "Kill a server: ada" in page.text


def test_what_has_changed_since_a_link_was_made_is_told_beside_its_action(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(Entry, "changes", property(lambda _: {"2": "Keys are hashed otherwise."}))
    asked = ask(entries()["hash-ring"], "v=1&do=remove:cleo&step=3&act=remove&act.node=bob")
    assert asked.notices == (
        "This link was made for version 1 of the model. Since then: Keys are hashed otherwise.",
        "You acted from step 3: what was done after it is dropped.",
    )


def test_a_widget_keeps_its_options(client: Client):
    """Without JavaScript a form is the next address; with it, the player is fetched from there."""
    options = "theme=dark&hide=source&lock=inputs&from=2&to=9"
    page = client.get(f"/embed/hash-ring/?{options}").text
    assert "Set it up" not in page
    forms = [part for part in re.findall(r"(?s)<form .*?</form>", page) if 'name="act"' in part or "jump" in part]
    assert len(forms) > 2
    for form in forms:
        pairs = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]+)"', form)
        assert options in unescape("&".join(f"{name}={value}" for name, value in pairs))
    after = client.get(f"/embed/hash-ring/?{options}&act=remove&act.node=cleo").text
    assert 'data-theme="dark"' in after
    assert 'loop="2-9"' in after
    assert "Set it up" not in after


def test_the_set_up_of_a_widget_keeps_its_options(client: Client):
    page = client.get("/embed/hash-ring/?theme=dark&hide=source&do=remove:cleo").text
    (form,) = [part for part in re.findall(r"(?s)<form .*?</form>", page) if "<button>Run</button>" in part]
    pairs = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]+)"', form)
    assert pairs == [("do", "remove:cleo"), ("theme", "dark"), ("hide", "source"), ("step", "last")]


def chosen(page: str, field: str) -> str:
    """What a list of a form offers first."""
    (listed,) = re.findall(rf'<select name="{field}".*?</select>', page)
    return re.findall(r'value="(\w+)" selected', listed)[0]


def test_a_list_offers_what_makes_most_sense_now(client: Client):
    in_order, shuffled = "rows=40", "rows=40&order=shuffled"
    written = f"{shuffled}&do=rewrite:ordered"
    written += f"&step={ask(entries()['sql-execution'], written).run.last}"
    offered = {in_order: "shuffled", shuffled: "ordered", written: "shuffled"}
    for query, order in offered.items():
        assert chosen(client.get(f"/playground/sql-execution/?{query}").text, "act.order") == order
