"""A QR code as grey pixels, from the marks of a painted picture: one pixel a unit, on the theme's own sheet."""

import re

from playground.drawn.pictures import colours

MOVE = re.compile(r"([Mmh])([^Mmh]*)")


def grey(role, theme):
    red, green, blue = bytes.fromhex(colours(theme)[role].removeprefix("#"))
    return (299 * red + 587 * green + 114 * blue) // 1000


def pixels(picture, theme):
    """Rows of grey: the group `qr` as its marks say, and nothing else of the picture."""
    rows = [bytearray([grey("sheet", theme)]) * picture.width for _ in range(picture.height)]
    marks = {mark.key: dict(mark.attrs) for mark in picture.marks if mark.key.startswith("qr")}
    tones = {role: grey(role, theme) for role in (marks["qr/ground"]["fill"], marks["qr/modules"]["stroke"])}
    left, top = map(int, re.findall(r"\d+", marks["qr"]["transform"]))

    def fill(x, y, width, height, role):
        painted = bytes([tones[role]]) * width
        for row in rows[top + y : top + y + height]:
            row[left + x : left + x + width] = painted

    ground, modules = marks["qr/ground"], marks["qr/modules"]
    fill(0, 0, int(ground["width"]), int(ground["height"]), ground["fill"])
    pen = int(modules["stroke-width"])
    x = y = 0
    for verb, told in MOVE.findall(modules["d"]):
        numbers = [float(number) for number in told.split()]
        if verb == "M":
            x, y = int(numbers[0]), int(numbers[1] - pen / 2)
        elif verb == "m":
            x += int(numbers[0])
        else:
            fill(x, y, int(numbers[0]), pen, modules["stroke"])
            x += int(numbers[0])
    return rows
