"""A timed action has a field for its instant, and where time passes the narration tells the clock."""

from urllib.parse import unquote

import pytest

RUN = "/playground/load-balancing/"


@pytest.mark.parametrize("typed", ["150000", "150 ms", "0.15 s", "150,000 µs"])
def test_an_instant_in_the_form_becomes_part_of_the_address(client, typed):
    answer = client.get(RUN, {"act": "kill", "act.node": "bob", "act.@": typed, "step": 0})
    assert answer.status_code == 302
    assert "do=@150000:kill:bob" in unquote(answer["Location"])


def test_without_an_instant_it_happens_now_right_after_what_is_told_at_the_step(client):
    answer = client.get(f"{RUN}?act=kill&act.node=bob&act.%40=&step=2")
    assert "do=@3826:kill:bob" in unquote(answer["Location"])


@pytest.mark.parametrize("step", ["", "&step=34", "&step=last"])
def test_without_a_step_or_at_the_last_one_it_happens_at_the_end(client, step):
    answer = client.get(f"{RUN}?act=kill&act.node=bob&act.%40={step}")
    assert "?do=kill:bob&" in unquote(answer["Location"])


def test_a_bad_instant_is_told_beside_its_field_and_kept(client):
    answer = client.get(f"{RUN}?gap=30&do=slow:ada:4&act=kill&act.node=bob&act.%40=soon")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "“soon” is not an instant; write it as 0.8 s, 800 ms or 800000 µs." in page
    assert 'name="act.@" value="soon"' in page
    # Nothing is lost: the run, what was done in it, and the other field of the form.
    assert "Slow a server: ada, 4" in page
    assert 'name="gap" value="30"' in page
    assert '<option value="bob" selected>' in page


def test_the_unit_is_said_beside_the_field(client):
    page = client.get(RUN).content.decode()
    assert '<span class="name">at (s, ms or µs)</span><input name="act.@"' in page


def test_only_timed_actions_have_the_field(client):
    assert 'name="act.@"' not in client.get("/playground/hash-ring/").content.decode()
    assert client.get(RUN).content.decode().count('name="act.@"') == 5  # nobody has failed, so nobody can be revived


def test_the_clock_is_told_where_time_passes(client):
    assert 'data-slot="clock">3 ms</span>' in client.get(f"{RUN}?step=2").content.decode()
    short = client.get(f"{RUN}?requests=1&speeds=equal&step=2", follow=True).content.decode()
    assert 'data-slot="clock">3.825 ms</span>' in short, "thousandths, where all is over within 100 ms"
    assert 'data-slot="clock"' not in client.get("/playground/hash-ring/?step=2").content.decode()


def test_what_has_been_done_is_listed_with_its_instant(client):
    assert "Kill a server: bob (at 0.15 s)" in client.get(f"{RUN}?do=@150000:kill:bob").content.decode()


@pytest.mark.parametrize(("step", "told"), [(21, "0.200 s"), (24, "100,000.000 s")])
def test_the_clock_of_a_long_run_tells_seconds(client, step, told):
    page = client.get(f"/playground/totp/?lockout=0&do=guess:1000000&step={step}").content.decode()
    assert f'data-slot="clock">{told}</span>' in page
