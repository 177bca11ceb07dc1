"""Tables drawn with lines: heads that span, figures at the right, words wrapped, what is too wide cut into bands."""

from hypothesis import given
from hypothesis import strategies as st

from hoso.render.ruled import Cell, Grid, bands, ruled
from hoso.render.tables import drawn
from hoso.render.wrapping import lines_of, wrapped
from hoso.text import _NARROW, cells

HEAD = [
    [Cell("Năm", down=2, to="centre"), Cell("Xếp loại", 2, to="centre")],
    [Cell("Tốt", to="centre"), Cell("Khá", to="centre")],
]
BODY = [
    [Cell("2020"), Cell("8", to="right"), Cell("1.250", to="right")],
    [Cell("Cả nhóm", 3)],
    [Cell("Tổng", look="total"), Cell("9", to="right", look="total"), Cell("", look="total")],
]
WORDS = st.text(st.sampled_from("abư ờệ漢\n"), max_size=40)


def test_heads_span_and_figures_stand_at_the_right() -> None:
    assert ruled(Grid(HEAD, BODY, 1), 40).texts() == [
        "┌──────┬─────────────┐",
        "│      │  Xếp loại   │",
        "│ Năm  ├─────┬───────┤",
        "│      │ Tốt │  Khá  │",
        "├──────┼─────┼───────┤",
        "│ 2020 │   8 │ 1.250 │",
        "│ Cả nhóm            │",
        "├──────┬─────┬───────┤",
        "│ Tổng │   9 │       │",
        "└──────┴─────┴───────┘",
    ]


def test_rows_are_parted_where_words_wrap_and_what_is_indented_hangs() -> None:
    grid = Grid([[Cell("Nội dung")]], [[Cell("một hai ba", indent=2)], [Cell("bốn")]], 1)
    assert ruled(grid, 12).texts() == [
        "┌──────────┐",
        "│ Nội dung │",
        "├──────────┤",
        "│   một    │",
        "│   hai ba │",
        "├──────────┤",
        "│ bốn      │",
        "└──────────┘",
    ]


def test_what_is_too_wide_keeps_its_width_or_is_cut_with_its_row_names() -> None:
    columns = 12
    head = [[Cell("Năm"), *(Cell(f"cột_{at:02}") for at in range(columns))]]
    grid = Grid(head, [[Cell("2020"), *(Cell(str(at), to="right") for at in range(columns))]], 1)
    whole = ruled(grid, 40)
    assert whole.width > 40 and whole.side == len("│ Năm  ")
    cut = bands(grid, 40)
    assert len(cut) > 1 and all(ruled(one, 40).width <= 40 for one in cut)
    text = "\n".join(drawn(grid, 40))
    assert text.count("2020") == len(cut)
    assert all(text.count(f"cột_{at:02}") == 1 for at in range(columns))


def test_a_head_over_columns_is_said_again_where_it_is_cut() -> None:
    head = [[Cell("Năm", down=2), Cell("Xếp loại", 6)], [Cell(f"mức_{at}_dài") for at in range(6)]]
    cut = bands(Grid(head, [[Cell("2020"), *[Cell("1")] * 6]], 1), 40)
    assert len(cut) > 1 and all("Xếp loại" in "\n".join(ruled(one, 40).texts()) for one in cut)
    assert sum(one.columns - 1 for one in cut) == 6


@given(st.lists(st.lists(WORDS, min_size=3, max_size=3), min_size=1, max_size=4), st.integers(12, 60))
def test_every_line_is_as_wide_as_the_table_and_every_word_is_where_it_says(rows: list[list[str]], width: int) -> None:
    made = ruled(Grid([], [[Cell(text) for text in row] for row in rows], 1), width)
    lines = made.texts()
    assert {cells(line) for line in lines} == {made.width}
    for flow in made.flows:
        for one in flow.fragments:
            at = next(
                place for place in range(len(lines[one.line]) + 1) if cells(lines[one.line][:place]) >= one.column
            )
            piece = flow.text[one.start : one.end]
            assert lines[one.line][at : at + len(piece)] == piece


@given(WORDS, st.integers(2, 12))
def test_wrapping_loses_nothing_and_fits(text: str, width: int) -> None:
    lines = lines_of(text, width)
    assert all(cells(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(start <= end for start, end in wrapped(text, width))


def test_letters_that_are_taken_for_narrow_are() -> None:
    from wcwidth import wcwidth

    narrow = [chr(code) for code in range(0x20, 0x2600) if _NARROW.fullmatch(chr(code))]
    assert len(narrow) > 1000 and all(wcwidth(letter) == 1 for letter in narrow)
    assert all(_NARROW.fullmatch(letter) for letter in "Đảng ủy Khối – ứ ỹ “ệ” … ┃ █ → 1.250%")
