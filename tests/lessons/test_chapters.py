"""A lesson is a row of chapters, each with one stage."""

from lessons.markdown import chapters, read
from lessons.markdown.lesson import Token

PLAYER = ":::{player} step=3\nLook.\n:::\n\n"
PREDICT = ":::{predict} how-many-move do=remove:cleo\nThink.\n:::\n\n"


def told(token: Token) -> str:
    """A block in a word: its heading, its first words, or its kind."""
    words = "".join(child.get("raw", "") for child in token.get("children", ()))
    return token["type"] if token["type"] in ("player", "predict", "challenge") else words


def shape(prose: str) -> list[tuple[list[str], str, list[str]]]:
    """The chapters of some prose: what leads to the stage, the stage, what follows."""
    blank = {"type": "blank_line"}
    return [
        (
            [told(one) for one in chapter.lead if one["type"] != blank["type"]],
            told(chapter.stage) if chapter.stage else "",
            [told(one) for one in chapter.rest if one["type"] != blank["type"]],
        )
        for chapter in chapters(read(prose))
    ]


def test_prose_without_a_stage_is_one_chapter():
    assert shape("One.\n\n## Two\n\nThree.\n") == [(["One.", "Two", "Three."], "", [])]


def test_what_stands_before_the_first_stage_leads_to_it_headings_and_all():
    assert shape("One.\n\n## Two\n\nThree.\n\n" + PLAYER) == [(["One.", "Two", "Three."], "player", [])]


def test_a_chapter_begins_at_the_last_heading_before_its_stage():
    prose = PLAYER + "One.\n\n## Two\n\nThree.\n\n## Four\n\nFive.\n\n" + PREDICT + "Six.\n"
    assert shape(prose) == [([], "player", ["One.", "Two", "Three."]), (["Four", "Five."], "predict", ["Six."])]


def test_without_a_heading_between_them_the_second_stage_begins_its_own():
    assert shape(PLAYER + "One.\n\n" + PREDICT + "Two.\n") == [([], "player", ["One."]), ([], "predict", ["Two."])]


def links(prose: str) -> list[int]:
    """The number of the player that each link to a run moves; 0 for none."""
    found: list[int] = []

    def look(tokens: list[Token]) -> None:
        for token in tokens:
            if token["type"] == "link":
                found.append(token["attrs"].get("model", 0))
            look(token.get("children", []))

    look(read(prose))
    return found


LINK = "[See](run:?do=remove:cleo&step=3).\n\n"


def test_a_link_moves_the_stage_of_its_chapter_also_from_above_it():
    assert links(LINK + PLAYER + LINK + "## Two\n\n" + LINK + PLAYER + LINK) == [1, 1, 2, 2]


def test_beside_a_question_it_moves_the_last_player_before():
    assert links(PLAYER + "## Two\n\n" + LINK + PREDICT + LINK) == [1, 1]


def test_where_no_player_has_come_it_leads_to_the_page_of_the_run():
    assert links(LINK + PREDICT + LINK) == [0, 0]
