"""What stands before a body: in HTTP/2 each frame of it has a head of nine bytes."""

from playground.machines.http_frames import LARGEST
from playground.machines.http_wire import Wire


def test_a_body_has_a_head_for_each_frame_that_it_fills():
    # Lengths of equally many bits as HPACK writes them: only the heads differ.
    sizes = [LARGEST, LARGEST + 1, 2 * LARGEST + 1]
    heads = [len(Wire("2").head("a.html", size)) for size in sizes]
    assert heads[1] - heads[0] == 9
    assert heads[2] - heads[1] in (9, 10)
