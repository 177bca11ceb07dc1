"""The search of the site in a browser: with and without accents, by http and from a folder."""

from unicodedata import normalize

import pytest

from hoso.text import fold
from tests.browser.conftest import opened

# Words of the shipped outlines and checklists.
WORDS = ("đảng viên", "đề cương", "kiểm điểm", "xếp loại", "huyện ủy", "nghị quyết", "kết nạp", "sinh hoạt chi bộ",
         "tổ chức cơ sở đảng", "đánh giá", "hoàn thành xuất sắc", "báo cáo", "danh mục", "giải pháp", "phương hướng",
         "đơn vị", "doanh nghiệp", "kỷ luật", "quy định", "công nghiệp")  # fmt: skip


@pytest.fixture(params=["http", "file"])
def start(request, browser, site):
    with opened(site, request.param) as address:
        browser.open(address + "de-cuong/index.html")
        yield address


def meant(mark: str, words: str) -> bool:
    """Whether a marked word is one of these: accents that were typed are meant, those left out match all."""
    mark = mark.lower()
    return any((fold(mark) if word == fold(word) else mark).startswith(word) for word in words.split())


def test_words_are_found_with_and_without_accents(browser, start):
    for word in WORDS:
        exact, loose = browser.search(word), browser.search(fold(word))
        assert 0 < exact.found <= loose.found, word
        for words, found in ((word, exact), (fold(word), loose)):
            for one in found.first:
                assert any(meant(mark, words) for mark in one.marked), (words, one)
        assert browser.search(normalize("NFD", word)) == exact, word
    assert browser.complaints() == []
    assert browser.strangers() == []


def test_accents_that_were_typed_leave_other_words_out(browser, start):
    assert browser.search("dang").found > browser.search("đảng").found > 0
    assert browser.search("đẳng").found < browser.search("đảng").found
    assert browser.search("xyzzy").found == 0


def test_results_tell_what_they_are(browser, start):
    labels = {"huyen uy bao lam": "Hồ sơ", "bieu so 2 tieu chi": "Biểu mẫu", "cac lenh": "Hướng dẫn"}
    for words, label in labels.items():
        assert browser.search(words).first[0].label == label, words
    # The word of the label itself is not searched, or it would bring up every dossier.
    assert browser.search("ho so").first[0].label != "Hồ sơ"


def test_what_holds_all_the_words_comes_first(browser, start):
    for words, address in (
        ("han nop tong ket 2021", "danh-muc/tong-ket-2021.html"), ("han muc xuat sac", "danh-muc/tong-ket-2021.html#han-muc"),
        ("xay dung doi ngu cap uy vien", "de-cuong/bao-cao-tccs-dang-2021.html"), ("PL 07", "de-cuong/pl-07.html"),
        ("so ban nganh nop gi", "don-vi/loai-so-ban-nganh.html"), ("hdnd", "de-cuong/bao-cao-tccs-dang-2021.html"),
    ):  # fmt: skip
        found = browser.search(words).first[0].address.partition(start)[2]
        assert found.partition("?")[0] == address.partition("#")[0], words


def test_a_word_that_is_found_as_written_and_without_marks_is_marked_once(browser, start):
    """`gi` begins both what `giúp` is and what it is without marks."""
    for one in browser.search("gi").first:
        assert ">" not in one.text, one
        assert one.marked, one


def test_words_that_stand_together_come_first(browser, start):
    for words in ("dang bo co so", "đảng bộ cơ sở", "kiểm điểm tự phê bình", "dang bo co s"):
        first = browser.search(words).first[0]
        text = first.text if words != fold(words) else fold(first.text)
        assert words in text.lower(), (words, first)
        assert "<mark>" not in first.text


def test_a_section_is_found_by_its_number(browser, start):
    for words in ("2.3", "mục 2.3", "muc 2.3", normalize("NFD", "Mục 2.3"), "section 2.3"):
        found = browser.search(words).first
        assert "de-cuong/bao-cao-tccs-dang-2021.html" in found[0].address, words
        assert "2.3. Về xây dựng đội ngũ cấp ủy viên" in found[0].text, words
        assert not any(fold(mark).startswith("muc") for mark in found[0].marked), words
    assert any("I. THỰC TRẠNG" in one.text for one in browser.search("muc I").first[:2])
    # A number before words is one of the words, and a word that begins like a number is none.
    assert "3.3. Về công tác phát triển đảng viên" in browser.search("3.3 phat trien").first[0].text
    assert "1. Mục tiêu" in browser.search("muc tieu").first[0].text
