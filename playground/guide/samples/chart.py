"""Lines that grow."""

from playground.scenes.chart import Axis, Chart, Series
from playground.scenes.scene import Scene


def chart(names: list[str], most: int, count: int) -> Chart:
    series = tuple(
        Series(name, f"m{at + 1}", at == 0, tuple((x, most * x // max(count - 1, 1)) for x in range(count)))
        for at, name in enumerate(names)
    )
    return Chart(
        "Keys moved so far", Axis("changes to the ring", max(count - 1, 0)), Axis("keys", most), series, "nothing yet"
    )


SAMPLES: dict[str, Scene] = {
    "typical": chart(["ring", "hash % n"], 90, 6),
    "empty": chart(["ring", "hash % n"], 0, 1),
    "crowded": chart(["a", "b", "c", "d"], 40_000, 101),
    "long names": chart(["a very long name of a series", "another very long name of one"], 9, 4),
}
