"""What the guard knows: whatever points to a person or opens a door, however it is written, and nothing else."""

from __future__ import annotations

from unicodedata import normalize

import pytest

from hoso.render.guard import kinds
from hoso.render.revealing import words_of_file

# Put together here, so that no file holds anything that looks like somebody's.
BOX = "hop.thu" + "@" + "don-vi.example"
NINE = "912" + "345" + "678"
CITIZEN = "001" + "089" + "012" + "345"
NAME = "Nguyễn " + "Văn " + "A"

MAILBOXES = [
    BOX, f"gửi {BOX}.", f"<{BOX}>", f"[thư](mailto:{BOX})", BOX.replace("@", " @ "), BOX.replace("@", "＠"),
    BOX.replace("@", " (at) "), BOX.replace("@", "[at]"), BOX.replace("@", " {at} ").replace(".", "."),
    BOX.replace("@", " [a] "), BOX.replace("@", " at ").replace(".ex", " dot ex"), BOX.replace("@", " a còng "),
    BOX.replace("@", " (at) ").replace(".ex", " (dot) ex"), BOX.replace("@", " [at] ").replace(".ex", " [chấm] ex"),
    BOX.replace("@", "&#64;"), BOX.replace("@", "\\@"), BOX.replace("@", "**@**"), BOX.replace("@", "\u200b@\u200b"),
    "hop_thu_chung" + "@" + "x.gov.vn", BOX.upper(),
]  # fmt: skip
TELEPHONES = [
    f"0{NINE}", f"0{NINE[:3]} {NINE[3:6]} {NINE[6:]}", f"0{NINE[:3]}.{NINE[3:6]}.{NINE[6:]}",
    f"0{NINE[:3]}-{NINE[3:6]}-{NINE[6:]}", f"0{NINE[:2]} {NINE[2:6]} {NINE[6:]}", f"+84{NINE}", f"+84 {NINE[:3]} {NINE[3:]}",
    f"(+84) {NINE[:3]} {NINE[3:6]} {NINE[6:]}", f"0084 {NINE}", f"84{NINE}", f"ĐT: 0{NINE}", f"đt:0{NINE}",
    f"0{NINE}/0{NINE[:-1]}9", f"gọi 0{NINE}.", f"(0{NINE})", f"0{NINE[:3]} – {NINE[3:6]} – {NINE[6:]}",
    "(0239) " + "3855" + " 555", "0239." + "3855" + ".555", "(84-24) " + "3825" + " 5555", "024 " + "3825 " + "5555",
    "điện thoại " + " ".join(("09", "12", "34", "56", "78")), f"**0{NINE[:3]}** {NINE[3:]}", f"&#48;{NINE}",
    "".join(chr(ord(one) + 0xFEE0) for one in f"0{NINE}"), f"0{NINE[:3]}\u200b{NINE[3:]}", f"0{NINE[:3]}\u00a0{NINE[3:]}",
    f"[gọi](tel:+84{NINE})", f"Zalo 0{NINE}", f"số 0{NINE}; số khác",
]  # fmt: skip
IDENTITIES = [
    CITIZEN, f"CCCD {CITIZEN}", "CCCD " + " ".join(CITIZEN[n : n + 3] for n in (0, 3, 6, 9)),
    "số " + ".".join(CITIZEN[n : n + 3] for n in (0, 3, 6, 9)), f"CMND {CITIZEN[:9]}", f"CMND số: {CITIZEN[1:10]}",
    f"chứng minh nhân dân số {CITIZEN[1:10]}", "CMND 123 " + "456 " + "789", "hộ chiếu số B" + "1234567",
    "số thẻ đảng viên: 41." + "012345", f"số định danh cá nhân: {CITIZEN}", "STK: 1234" + "5678" + "90",
    "số tài khoản 1903" + "4567" + "8901", f"căn cước công dân số {CITIZEN}",
    "BHXH 4012" + "345678", "số BHXH 4012" + "345678", "mã số BHXH: 4012" + "345678",
    "bảo hiểm xã hội số 4012" + "345678", "BHYT DN401" + "2345678" + "901", "thẻ BHYT: 4012" + "345678",
]  # fmt: skip
PASSWORDS = [
    "Mật khẩu: abc" + "123", "mật khẩu: thuchung", "MK: abc" + "123", "mk=abc123", "mk : xyz", "pass: abc", "pw: abc123",
    "P/W: abc", "Password: hunter2", "mật khẩu là Xy9#zz", "mật khẩu wifi: abc12345", "mật khẩu đăng nhập là abc123",
    "mật khẩu của hộp thư: Thu@2021", "mật mã: Xy9zz", "(mật khẩu thu2021)", "mật khẩu:\n  thu2021", "mật khẩu - thu2021",
    "**Mật khẩu**: abc123", "passcode: 998877", "pwd=abc",
    "mk là hanoi" + "2021", "mk hanoi" + "2021", "mk wifi là 1234" + "5678", "mk zalo: abc",
    "pass wifi 1234" + "5678", "pass 1234" + "5678", "mật khẩu là 1234" + "5678", "Mật khẩu wifi 1234" + "5678",
    "mật khẩu vào hộp thư chung Thu" + "2021", "mật khẩu đăng nhập 1234" + "5678", "pass của máy tính abc" + "123",
    "https://nguoi" + ":thu2021@" + "may/", "tải ở ftp://thu" + ":x@" + "kho.example/a", "<http://:b1" + "@" + "may>",
]  # fmt: skip
KEYS = [
    "API key " + "abcd1234" * 3, "api_key=" + "abcd1234" * 2, "API key s" + "k-abcdEFGH" + "12345678",
    "token: " + "a1b2c3d4" * 4, "Khóa API là " + "Ab12Cd34" * 2, "khoá truy cập: " + "x9" * 10,
    "Authorization: Bearer " + "9f86d081" * 3, "client secret của phần mềm: " + "zz11" * 6,
    "dùng gh" + "p_" + "a1B2c3D4" * 4, "AK" + "IA" + "ABCD1234" * 2, "-----BEGIN RSA " + "PRIVATE KEY-----",
    "ey" + "J" + "hbGciOiJIUzI1" + ".ey" + "J" + "zdWIiOiIxMjM0NTY", "s" + "k-proj-" + "abcd1234" * 4,
    "glp" + "at-" + "abcd1234" * 3,
]  # fmt: skip
NAMES = [
    f"Họ và tên: {NAME}", f"1. Họ tên: {NAME}", f"Họ, chữ đệm và tên: {NAME}", f"Full name: {NAME}",
    f"Người lập biểu: {NAME}", f"Người liên hệ: ông {NAME}", f"Cán bộ phụ trách: {NAME}", f"Đồng chí: {NAME}",
    f"Bí thư: {NAME}", f"Đầu mối liên hệ: Bà {NAME}", f"TM. BAN THƯỜNG VỤ\nBÍ THƯ\n\n(đã ký)\n\n{NAME}",
    f"NGƯỜI LẬP BIỂU\n(Ký, ghi rõ họ tên)\n\n{NAME}", f"KT. TRƯỞNG BAN\nPHÓ TRƯỞNG BAN\n{NAME.upper()}\n",
    f"CHỦ TỊCH\n\n{NAME}", f"**Người ký**: {NAME}",
]  # fmt: skip

HARMLESS = [
    "Công văn số 595-CV/BTCTU ngày 22/9/2021", "từ 02/02/2008 đến 02/02/2023, kỳ 2010 - 2021",
    "8.341 đảng viên, 123.456.789.012 đồng", "tăng 94,5% so với 0,123456789012", "các nhóm 03 04 05 06 07 08",
    "2018 2019 2020 2021 2022", "0 1 2 3 4 5 6 7 8 9", "10.000.000 – 20.000.000 đồng", "01/01/2021 – 31/12/2021",
    "không được để lộ mật khẩu của hộp thư", "mật khẩu là thông tin riêng", "Mật khẩu: …………", "Mật khẩu: ____",
    "Quy định về mật khẩu, gồm: mỗi cán bộ một mật khẩu", "Họ và tên: ………………", "Họ và tên người lập biểu",
    "Họ và tên:\n", "Người lập biểu: …………", "(Ký, ghi rõ họ tên)", "TM. BAN THƯỜNG VỤ\nBÍ THƯ\n",
    "Đồng chí: bí thư, phó bí thư", "Kết luận số 01-KL/TW, Hướng dẫn 38-HD/BTCTW", "05-12-2021, 05.12.2021",
    "Học tập tư tưởng Hồ Chí Minh", "Đảng bộ xã Lê Lợi: 12 chi bộ", "phường Trần Phú, huyện Lý Sơn", "Bí thư: 12; phó bí thư: 24",
    "đã cấp 12.345 thẻ đảng viên", "số thẻ đảng viên đã phát: 12.345", "tỷ lệ 100%, 12/12 chi bộ", "mk 12 đảng bộ",
    "làm việc tại xã", "at least 3. Then more", "a.b.c và x.y.z", "chi bộ A (a) và chi bộ B (b)", "gồm (a) nội dung. (b) hình thức",
    "họp ngày 3 tháng 12 năm 2021 lúc 8 giờ 30", "1.234 1.235 1.236 1.237", "2021.12.01.10.30", "số 0123/QĐ-UBND",
    "SHA-256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "phiên bản 10.20.30.40",
    "kinh phí 1 234 567 890 đồng", "điểm 9,5 – 10", "Bí thư: Nguyện vọng của cơ sở", "điện thoại, máy tính: 12 chiếc",
    "mã hồ sơ 000.00.00.H12-211201-0001", "liên hệ với cấp trên: 12 lần", "Điều 5, khoản 3, điểm a: 12 việc",
    "thu BHXH 123.456.789 đồng", "BHXH 1234567890 đồng", "12.345 người đóng BHXH", "nợ BHXH 12 tháng, 1.234.567.890 đồng",
    "đã đổi mật khẩu 100% tài khoản", "cấp mật khẩu 120000 lượt", "đổi mật khẩu hệ thống 3 lần năm 2021",
    "mật khẩu tài khoản 123456 người dùng", "MK 2021", "đại hội khóa XIII, nhiệm kỳ 2020-2025", "khóa 2020-2025 có 12 lớp",
    "cấp 120 USB token cho 45 cơ quan", "token và chứng thư số: 120", "API key của từng phần mềm do cơ quan quản lý",
    "mã truy cập do Ban cấp", "khóa bí mật: xem Quyết định 595-QĐ/TU ngày 22/9/2021", "https://tinhuy.example/bao-cao:2021/@a",
    "http://localhost:8000/trang", "key: sections.general.title", "tokenization 2021 của outlines/bao-cao-tccs-dang-2021.yaml",
    "access key: bao-cao-tong-ket-2021, bao_cao_kiem_diem_2022", "pass rate 94.5%", "pass: …………", "compass 20211201",
    "Bearer of 12 certificates", "risk-based-approach-of-the-year-2021-plan", "task-2021-general-situation-and-results",
]  # fmt: skip


def told(texts: list[str], kind: str) -> list[str]:
    """The texts in which the guard does not see what is there, composed or not."""
    return [one for one in texts if any(kind not in kinds(form) for form in (one, normalize("NFD", one)))]


@pytest.mark.parametrize(
    ("kind", "texts"),
    [
        ("a mailbox address", MAILBOXES), ("a telephone number", TELEPHONES), ("an identity number", IDENTITIES),
        ("a password", PASSWORDS), ("an access key", KEYS), ("a person's name", NAMES),
    ],
)  # fmt: skip
def test_what_is_found(kind: str, texts: list[str]) -> None:
    assert told(texts, kind) == []
    assert told([f"Dòng đầu.\n{one}" for one in texts], kind) == []


def test_what_passes() -> None:
    assert {one: kinds(one) for one in HARMLESS if kinds(one)} == {}


@pytest.mark.parametrize("name", [f"so-dt-0{NINE}.pdf", f"cccd_{CITIZEN}.pdf", f"0{NINE}_bao_cao.docx"])
def test_names_of_files_are_read_as_words(name: str) -> None:
    assert kinds(words_of_file(name))
