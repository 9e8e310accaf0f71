"""What is told to templates as safe, each place with its reason: whoever adds one has to argue for it here."""

import ast
import re
from collections.abc import Iterator

import pytest
from django.conf import settings

from playground.guide.samples import samples
from playground.page.parts import part
from playground.scenes.marks import LAYOUTS
from playground.scenes.paint import paint, thumb
from tests.conftest import ROOT
from tests.house.test_calls import FILES, told

MAKES_SAFE = {
    "mark_safe",
    "SafeString",
    "SafeText",
    "SafeData",
    "format_html",
    "format_html_join",
    "html_safe",
    "Markup",
}

ARGUED = {
    ("playground/page/drawings.py", "drawn", 1): "marks: scenes/svg.py escapes their texts and values",
    ("playground/page/drawings.py", "Drawings.ways", 1): "marks, as above",
    ("playground/page/parts.py", "part", 1): "Jinja2 escapes what such a template puts in: see the test below",
    ("playground/page/source.py", "Excerpt.listing", 1): "lines of our files, each escaped where it becomes an item",
    ("playground/guide/guide.py", "svg_of", 1): "marks, as above",
    ("config/unfound.py", "drawn", 1): "marks, as above, and between them what was asked for, escaped one line before",
    ("quizzes/showing.py", "drawn", 1): "marks, as above, today or when a question was frozen",
    ("quizzes/markdown.py", "_safe", 1): "nh3 has let a short list of tags through (tests/quizzes/test_markdown.py)",
    ("playground/embed/keepsake.py", "inline", 1): "our script and style sheet; what would end their tag is refused",
    ("lessons/markdown/page.py", "render", 1): "a lesson of the repository; mistune escapes its text and raw HTML",
    ("lessons/markdown/player.py", "figure", 1): "a caption of such a lesson, as mistune has written it",
    ("lessons/search.py", "marked", 1): "escaped in the line above; <mark> comes from signs that no text holds",
}  # fmt: skip
"""(file, function, how often) → why."""

UNESCAPED = re.compile(r"\|\s*safe(?:seq)?\b|\{%-?\s*autoescape\s+(?:off|false)|\{%\s*filter\s+safe")


def safe(text: str) -> Iterator[str]:
    """The functions of a file in which something is made safe, once for each time."""

    def inside(node: ast.AST, place: tuple[str, ...]) -> Iterator[str]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
                yield from inside(child, (*place, child.name))
                continue
            if isinstance(child, ast.Call) and ast.unparse(child.func).rpartition(".")[2] in MAKES_SAFE:
                yield ".".join(place)
            yield from inside(child, place)

    yield from inside(ast.parse(text), ())


@pytest.mark.asvs("1.2.1")
def test_every_text_that_is_called_safe_has_its_reason():
    found = {told(path): list(safe(path.read_text("utf-8"))) for path in FILES}
    places = {(path, place, some.count(place)) for path, some in found.items() for place in some}
    assert places == ARGUED.keys()


@pytest.mark.asvs("1.2.1")
def test_the_parts_of_a_player_are_escaped():
    drawing = {"layout": "wide", "words": {"sentence": "<b>a & b</b>"}, "svg": '"'}
    written = part("svg", {"drawing": drawing})
    assert "&lt;b&gt;a &amp; b&lt;/b&gt;" in written
    assert ">&#34;</svg>" in written


def test_no_object_or_decorator_calls_itself_safe():
    found = [
        told(path)
        for path in FILES
        if re.search(r"__html__|@html_safe|is_safe\s*=|needs_autoescape", path.read_text("utf-8"))
    ]
    assert found == []


@pytest.mark.asvs("1.2.1")
def test_no_template_switches_escaping_off():
    templates = [
        path
        for room in ("templates", "lessons", "playground")
        for path in (ROOT / room).rglob("*")
        if path.suffix in (".html", ".xml", ".svg", ".txt")
    ]
    assert len(templates) > 30
    assert [told(path) for path in templates if UNESCAPED.search(path.read_text("utf-8"))] == []
    assert "autoescape" not in repr(settings.TEMPLATES)


@pytest.mark.parametrize(
    "text",
    [
        "{{ x|safe }}",
        "{{ x | safe }}",
        "{{ x|safeseq }}",
        "{% autoescape off %}",
        "{%- autoescape off %}",
        "{% autoescape false %}",
    ],
)
def test_in_a_template_it_would_be_noticed(text):
    assert UNESCAPED.search(text)


def test_in_our_code_it_would_be_noticed():
    assert list(safe("class A:\n    def f(self):\n        return [mark_safe(x), utils.format_html(y)]")) == [
        "A.f",
        "A.f",
    ]
    assert list(safe("x = SafeString(y)")) == [""]


TAGS = {"circle", "g", "path", "rect", "text"}
NAMES = {
    "aria-label", "cx", "cy", "d", "data-fills", "data-pick", "data-press",
    "fill", "fill-opacity", "height", "paint-order", "pathLength", "r",
    "role", "rx", "shape-rendering", "stroke", "stroke-dasharray", "stroke-linecap", "stroke-linejoin",
    "stroke-opacity",
    "stroke-width", "style", "text-anchor", "text-decoration", "transform", "width", "x", "y",
}  # fmt: skip
"""What a mark may be and carry: nothing that runs, leads or loads. `style` goes out as a class, or as a font."""


@pytest.mark.asvs("1.2.1")
def test_tags_and_names_of_attributes_are_words_of_ours():
    """They are not escaped where a mark becomes SVG, so nothing that is typed may get there."""
    pictures = [
        paint(scene, layout, scene.room())
        for some in samples().values()
        for scene in some.values()
        for layout in LAYOUTS
    ]
    pictures += [thumb(scene) for some in samples().values() for scene in some.values()]
    marks = [mark for picture in pictures for mark in picture.marks]
    assert {mark.tag for mark in marks} <= TAGS
    assert {name for mark in marks for name, _ in mark.attrs} <= NAMES


MARKING = {"add", "group", "label", "path"}
PAINTERS = [ast.parse(path.read_text("utf-8")) for path in FILES if told(path).startswith("playground/scenes/")]


def marking() -> Iterator[ast.Call]:
    """Where painters make marks."""
    for tree in PAINTERS:
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in MARKING:
                yield node


def typed(value: ast.AST) -> list[str]:
    """Keys of innermost dictionaries that are not written out as they are."""
    dicts = [
        one
        for one in ast.walk(value)
        if isinstance(one, ast.Dict) and not any(isinstance(inner, ast.Dict) for inner in one.values)
    ]
    keys = [key for one in dicts for key in one.keys if not isinstance(key, ast.Constant)]
    made = [
        one
        for one in ast.walk(value)
        if isinstance(one, ast.DictComp) or (isinstance(one, ast.Call) and ast.unparse(one.func) == "dict")
    ]
    return [ast.unparse(one) if one else "**" for one in (*keys, *made)]


def test_names_of_attributes_are_written_in_the_painters():
    """As keywords; or in a dictionary that is written out, and spread out where the mark is made."""
    spread = {
        ast.unparse(one.value).partition("[")[0] for call in marking() for one in call.keywords if one.arg is None
    }
    assert len(spread) > 5
    given: dict[str, list[ast.expr]] = {name: [] for name in spread}
    for node in (node for tree in PAINTERS for node in ast.walk(tree)):
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value:
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                if ast.unparse(target) in given:
                    given[ast.unparse(target)].append(node.value)
    assert [name for name, values in given.items() if not values] == []
    found = {name: [key for value in values for key in typed(value)] for name, values in given.items()}
    assert {name: keys for name, keys in found.items() if keys} == {}


def test_tags_are_written_in_the_painters():
    tags = [call.args[1] for call in marking() if ast.unparse(call.func) == "sheet.add"]
    assert len(tags) > 20
    assert [ast.unparse(tag) for tag in tags if not isinstance(tag, ast.Constant)] == []


@pytest.mark.parametrize("text", ["{key: 1}", "{**more}", "{a: 1 for a in b}", "dict(pairs)", "{'a': {b: 1}}"])
def test_in_a_painter_it_would_be_noticed(text):
    assert typed(ast.parse(text))
    assert not typed(ast.parse("{state: {'fill': role(order)}, 'x': {'stroke_width': 2}}"))
