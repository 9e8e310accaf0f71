"""The judge of histories: what is left out, and how much it looks at."""

from random import Random

from playground.machines.histories import NEVER, READ, WRITE, Done, judge, relevant


def drawn(seed, count=16, clients=4):
    """A history of clients that ask one thing after the other; now and then there is no answer."""
    draw, now = Random(seed), 0  # noqa: S311 - the same histories every time
    made: list[Done] = []
    busy: dict[int, tuple[int, str, int]] = {}
    while len(made) + len(busy) < count or busy:
        now += 1
        client = draw.randrange(clients)
        if client in busy:
            number, kind, called = busy.pop(client)
            value = number if kind == WRITE else draw.randint(max(number - 3, 0), number)
            made.append(Done(number, kind, value, called, now if draw.random() < 0.8 else NEVER))
        elif len(made) + len(busy) < count:
            busy[client] = len(made) + len(busy) + 1, draw.choice((WRITE, READ)), now
    return made


def test_sixteen_operations_of_four_clients_are_judged_by_a_few_states():
    assert max(judge(drawn(seed)).states for seed in range(200)) < 3000


def test_what_nobody_answered_and_nobody_read_proves_nothing():
    lost = Done(1, WRITE, 1, 0, NEVER)
    assert relevant([lost, Done(2, READ, 0, 1, 2), Done(3, READ, 9, 3, NEVER)]) == [Done(2, READ, 0, 1, 2)]
    read = Done(2, READ, 1, 1, 2)
    assert relevant([lost, read]) == [lost, read]


def test_a_write_that_had_no_answer_may_not_come_and_go():
    history = [Done(1, WRITE, 1, 0, NEVER), Done(2, READ, 1, 1, 2), Done(3, READ, 0, 3, 4), Done(4, WRITE, 2, 5, 6)]
    verdict = judge(history)
    assert not verdict.linearizable
    assert verdict.core == (1, 2, 3)
