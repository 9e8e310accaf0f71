"""What instructors type as Markdown comes out as a short list of tags, whatever it is, and takes little time."""

from __future__ import annotations

import re
import sys
from html.parser import HTMLParser
from types import FrameType
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from quizzes.markdown import BLOCK, INLINE, REL, block, inline, plain, plain_line
from quizzes.written import LONGEST_PROMPT

VOID = {"br"}
VECTORS = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example></ScRiPt>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<form action=//evil.example><button>Save</button></form>",
    "<base href=//evil.example>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<link rel=stylesheet href=//evil.example>",
    "<style>*{display:none}</style>",
    "<a href=javascript:alert(1)>x</a>",
    "<p style='position:fixed;inset:0'>x</p>",
    "<b id=quiz class=main>x</b>",
    "<!-- x --><?php x ?><![CDATA[x]]>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java&#10;script:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](<javascript:alert(1)>)",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:x)",
    "[x](//evil.example)",
    "[x](/teach/)",
    "[x](?do=x)",
    "[x](https:javascript:alert(1))",
    "[x](https:///evil)",
    "[x](http://a.example/\" onclick=\"alert(1))",
    "[x](http://a.example/ \"t\" onclick=alert(1))",
    "[x](http://a.example/ '\"><img src=x onerror=alert(1)>')",
    "[<img src=x onerror=alert(1)>](http://a.example/)",
    "[x]: javascript:alert(1)\n\n[x]",
    "[x][y]\n\n[y]: data:text/html,x 'title'",
    "<javascript:alert(1)>",
    "<https://a.example/\"onmouseover=\"alert(1)>",
    "![x](javascript:alert(1))",
    "![x](https://evil.example/pixel.png)",
    "![\"onerror=\"alert(1)](x)",
    "```\"onclick=alert(1)\n</code></pre><script>alert(1)</script>\n```",
    "```<script>\nx\n```",
    "`</code><script>alert(1)</script>`",
    "# x {#id onclick=alert(1)}",
    "| <b> | x |\n| --- | --- |\n| y | z |",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;img src=x onerror=alert(1)&#62;",
    "\\<script>alert(1)\\</script>",
    "<<script>script>alert(1)<</script>/script>",
    "<scr\x00ipt>alert(1)</script>",
    "<img src=\"x\u2028\" onerror=alert(1)>",
    "a\u202eb",
]  # fmt: skip


class Seen(HTMLParser):
    """Everything in it that is no text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.other: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_comment(self, data: str) -> None:
        self.other.append(data)

    def handle_decl(self, decl: str) -> None:
        self.other.append(decl)

    def handle_pi(self, data: str) -> None:
        self.other.append(data)

    def unknown_decl(self, data: str) -> None:
        self.other.append(data)


def judge(html: str, tags: set[str]) -> None:
    """Raises AssertionError for anything that may not come out."""
    seen = Seen(html)
    assert (seen.open, seen.other) == ([], [])
    for tag, attributes in seen.tags:
        assert tag in tags
        if tag == "a":
            assert set(attributes) == {"href", "rel"}
            assert attributes["rel"] == REL
            assert re.match(r"https?://[^/\s]", attributes["href"] or "", re.IGNORECASE)
        elif tag == "ol":
            assert set(attributes) <= {"start"}
            assert re.fullmatch(r"\d+", attributes.get("start") or "1")
        else:
            assert attributes == {}


SIGNS = "*_`[]()<>!#&\\~|:-+.\"'= \n\t1a"
SIGNS = "*_`[]()<>!#&\\~|:-+.\"'= \n\t1aé\u202e\x00"
WORDS = (
    "**", "```", "~~~", "](", "[x](https://a.example/", "<script>", "</p>", "<!--", "&lt;", "javascript:", " onclick=",
    "    ", "\n\n", "- ", "1. ", "> ", "<a href=", "http://",
)  # fmt: skip
PIECES = st.sampled_from([*SIGNS, *WORDS])
TYPED = st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=120).map("".join))


@pytest.mark.asvs("1.2.1", "1.3.1")
@pytest.mark.parametrize("typed", VECTORS)
def test_what_would_run_is_shown_or_gone(typed):
    judge(block(typed), BLOCK)
    judge(inline(typed), INLINE)


@pytest.mark.asvs("1.3.1")
@given(TYPED)
@example('[x](https://a.example/"><script>)')
def test_whatever_is_typed_only_the_short_list_comes_out(typed):
    judge(block(typed), BLOCK)
    judge(inline(typed), INLINE)


@given(TYPED)
def test_words_are_one_line_of_text(typed):
    for words in (plain(typed), plain_line(typed)):
        assert words == " ".join(words.split())


def test_what_an_instructor_needs_is_there():
    typed = (
        "Is **this** *so* with `GET <x>`?\n\n```\nGET / HTTP/1.1\n```\n\n- a\n- [b](https://a.example/?x=1&y=2)\n\n3. c"
    )
    assert block(typed) == (
        "<p>Is <strong>this</strong> <em>so</em> with <code>GET &lt;x&gt;</code>?</p>\n"
        "<pre><code>GET / HTTP/1.1\n</code></pre>\n"
        "<ul>\n<li>a</li>\n"
        f'<li><a href="https://a.example/?x=1&amp;y=2" rel="{REL}">b</a></li>\n</ul>\n'
        '<ol start="3">\n<li>c</li>\n</ol>'
    )


def test_html_is_shown_as_it_was_typed():
    assert block("<b>x</b>") == "<p>&lt;b&gt;x&lt;/b&gt;</p>"
    assert plain("<b>x</b> & `y`") == "<b>x</b> & y"


def test_a_heading_a_quotation_and_a_picture_keep_their_words():
    assert block("# Head\n\n> said\n\n![a ring](https://a.example/x.png)") == (
        "<p><strong>Head</strong></p>\n<p>said</p>\n<p>a ring</p>"
    )


@pytest.mark.parametrize("typed", ["1. C", "# C", "- C", "> C", "    C", "---", "C\n\nD"])
def test_an_option_is_one_line_and_begins_as_it_is_typed(typed):
    words = " ".join(typed.split())
    assert plain_line(typed) == words
    assert "\n" not in inline(typed)


DEAR = [
    "*a ", "**a", "***a ", "_a*b ", "*_", "a**b", "[", "![[", "[a](", "[a]", "[](<", "[a]: <", "[x]\n", "[a](b \"",
    "`a``b```c", "<", "<a ", "<!--", "<![CDATA[", "&", "\\", "> ", "- ", "1. ", "a\n", "~~~", "> - 1. ", "\"'", "<https://a",
]  # fmt: skip


def calls(typed: str) -> int:
    """Functions that are called to show it: a measure that is the same on every machine."""
    count = 0

    def counted(frame: FrameType, event: str, argument: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counted)
    try:
        block(typed)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("piece", DEAR)
def test_the_dearest_prompt_costs_little_and_twice_as_much_at_most_four_times(piece):
    def of(length: int) -> str:
        return (piece * length)[:length]

    block("warm")
    half, whole = calls(of(LONGEST_PROMPT // 2)), calls(of(LONGEST_PROMPT))
    assert whole <= 4.2 * half + 100
    assert whole <= 200_000
    assert len(block(of(LONGEST_PROMPT))) <= 12 * LONGEST_PROMPT


def test_lists_in_lists_end_somewhere():
    deep = "\n".join(f"{' ' * 2 * level}- a" for level in range(44))[:LONGEST_PROMPT]
    judge(block(deep), BLOCK)
    judge(block("> " * (LONGEST_PROMPT // 2)), BLOCK)
