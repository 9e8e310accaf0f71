"""The QR code on the screen: a photograph of the page, read by an independent decoder."""

import struct
import zlib

import pytest
import zxingcpp

from playground.engine.query import default_query
from playground.engine.registry import entries
from playground.engine.run import run
from playground.miniatures.security.totp.stage import Stage

pytestmark = pytest.mark.browser


def unpacked(png):
    """Height, width and colour bytes of a PNG as Chromium writes it: eight bits, not interlaced."""
    width, height, depth, colour, _, _, interlaced = struct.unpack(">IIBBBBB", png[16:29])
    assert (depth, interlaced) == (8, 0)
    wide, at, packed = {2: 3, 6: 4}[colour], 8, b""
    while at < len(png):
        (size,) = struct.unpack(">I", png[at : at + 4])
        if png[at + 4 : at + 8] == b"IDAT":
            packed += png[at + 8 : at + 8 + size]
        at += size + 12
    raw, line = zlib.decompress(packed), width * wide
    rows, above = [], bytearray(line)
    for row in range(height):
        kind, *told = raw[row * (line + 1) : (row + 1) * (line + 1)]
        now = bytearray(told)
        for x in range(line):
            left, up = now[x - wide] if x >= wide else 0, above[x]
            corner = above[x - wide] if x >= wide else 0
            now[x] = (now[x] + (0, left, up, (left + up) // 2, paeth(left, up, corner))[kind]) & 255
        rows.append(now)
        above = now
    return height, width, wide, rows


def paeth(left, up, corner):
    guess = left + up - corner
    return min((abs(guess - left), 0, left), (abs(guess - up), 1, up), (abs(guess - corner), 2, corner))[2]


def read_back(png):
    height, width, wide, rows = unpacked(png)
    grey = bytearray().join(bytearray(sum(row[at : at + 3]) // 3 for at in range(0, len(row), wide)) for row in rows)
    found = zxingcpp.read_barcodes(memoryview(grey).cast("B", shape=[height, width]), try_invert=False)
    return [one.text for one in found]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_a_phone_reads_the_code_from_the_page(visit, width, theme):
    cls = entries()["totp"].cls
    done = run(cls, default_query(cls))
    shown = [one.scenes[0] for one in done.steps]
    step = next(at for at, one in enumerate(shown) if isinstance(one, Stage) and one.computing and one.bytes.code)
    page = visit(f"/playground/totp/?step={step}", width=width, still=True)
    page.emulate_media(color_scheme=theme)
    code = page.locator("svg.picture [data-key=qr]:visible").first
    code.scroll_into_view_if_needed()
    # Around the code lies what the page has there: in the dark theme, darkness.
    box = code.bounding_box()
    clip = {"x": box["x"] - 3, "y": box["y"] - 3, "width": box["width"] + 6, "height": box["height"] + 6}
    assert read_back(page.screenshot(clip=clip)) == [done.outcome["uri"]]
