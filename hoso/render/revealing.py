"""What in a text gives away a credential or points to a person: mailboxes, passwords, access keys, telephone and
identity numbers, names on forms and under letters. Names in running prose and street addresses are none of it: no
pattern tells them from the names of places and offices.

A text is looked at as it was typed and as readers see it, without Markdown, entities and what does not print."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Sequence

from hoso.i18n import mark
from hoso.text import composed, fold

_HIDDEN = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\u202a-\u202e\u2066-\u2069\ufe00-\ufe0f\ufeff]")
# Entities, Markdown, what does not print, letters and digits of full width.
_DRESSED = re.compile(r"[&*_`~\\<\u00a0\u00ad\u200b-\u200f\u2060-\u2069\u202a-\u202e\ufe00-\ufe0f\ufeff\uff01-\uff5e]")
_MARKUP = re.compile(r"<(?:[a-zA-Z/!][^<>\n]*)?>|[*`~\\]|(?<!\w)_+|_+(?!\w)")

_AT = r"(?:\s?@\s?|\s*[(\[{<]\s*(?:at|a|@|a cong|a còng)\s*[)\]}>]\s*|\s+(?:at|a cong|a còng)\s+)"
_DOT = r"(?:\.|\s*[(\[{<]\s*(?:dot|cham|chấm|\.)\s*[)\]}>]\s*|\s+(?:dot|cham|chấm)\s+|\s\.\s?)"
_MAILBOX = re.compile(rf"[\w.+-]*\w(?:@|{_AT})\w[\w-]*(?:{_DOT}[\w-]+)*{_DOT}(?:[a-z]{{2,}})(?![\w@])", re.IGNORECASE)
_VALUE = r"[\"'“‘`*(]*(?=\S*\w)[^\s.…_]\S*"
# What looks like a password: letters and digits mixed, or a row of digits that counts nothing; no share.
_MIXED = r"[\"'“‘`*(]*(?!\d[\d.,]*%)(?=\S*\d)(?=\S*[a-z!@#$%^&*])\S{4,}"
_DIGITS_ALONE = (
    r"[\"'“‘`*(]*\d{6,}+(?![\w.,/-]*\d)(?!\s*(?:dong|vnd|lan|luot|nguoi|dang vien|can bo|tai khoan|hop thu)\b)"
)
_SECRET = rf"(?:{_MIXED}|{_DIGITS_ALONE})"
_IS = r"(?:(?:la|is|-|–)\s+)?"
_OF_WHAT = (
    r"(?:[^\S\n]+(?:cua|vao|cho|wi-?fi|e-?mail|gmail|mail|zalo|facebook|fb|may(?:[^\S\n]+tinh)?|dang nhap|hop thu"
    r"|tai khoan|he thong|phan mem|cong|mang|moi|cu|chung|router|modem|laptop)){0,4}[^\S\n]*"
)
_PASSWORD = re.compile(
    rf"(?:mat\s*khau|mat\s*ma|password|passwd|passcode|\bpwd|\bpass)\b[^\S\n]*(?:[:=][^\S\n]*\n?[^\S\n]*{_VALUE}"
    rf"|{_IS}{_SECRET}|[^\W\d]+(?:[^\S\n]+[^\W\d]+){{0,4}}?[^\S\n]*(?:[:=]|\bla\b|\bis\b)[^\S\n]*{_SECRET})"
    rf"|(?:mat\s*khau|password|\bpwd|\bpass|(?<![\w/])(?:mk|pw|p/w))\b{_OF_WHAT}{_IS}(?<=\s){_SECRET}"
    rf"|(?<![\w/])(?:mk|pw|p/w)\b{_OF_WHAT}[:=][^\S\n]*{_VALUE}"
    r"|\b[a-z][a-z0-9+.-]{0,20}://[^\s/:@?#]{0,200}:[^\s/@]{1,200}@"
)

# A word for a key, then what nobody writes by hand; or one of the forms in which the known services give out theirs.
_KEY = re.compile(
    r"(?:\b(?:api|access|secret|client|private|app|auth)[\s_-]?(?:key|secret|token)s?|\btoken|\bbearer"
    r"|\bkhoa (?:api|truy cap|bi mat)|\bma truy cap)\b(?:[^\S\n]+[^\W\d]+){0,3}?[^\S\n]*(?:[:=]|\bla\b|\bis\b)?[^\S\n]*"
    r"[\"'“‘`*(]*(?:[a-z0-9]{1,8}[-_]){0,4}(?=[a-z+=]*\d)(?=[\d+=]*[a-z])[a-z0-9+=]{16,}"
)
_KEY_OF_A_SERVICE = re.compile(
    r"\b(?:sk|pk|rk)[-_](?:[a-z]+[-_])*(?=[A-Za-z_-]*\d)[A-Za-z0-9_-]{20,}|\bgh[pousr]_[A-Za-z0-9]{20,}"
    r"|\bgithub_pat_\w{20,}|\bglpat-[\w-]{16,}|\bAKIA[0-9A-Z]{16}\b|\bAIza[\w-]{30,}|\bxox[abprs]-[\w-]{10,}"
    r"|\beyJ[\w-]{10,}\.eyJ[\w-]{10,}|-----BEGIN [A-Z ]*PRIVATE KEY"
)

_IDENTITY = re.compile(r"(?<![\d.,/-])(?:\d{12}|0\d{2}(?:[ .]\d{3}){3}|0\d{11})(?![\d/]|[.,]\d)")
_NUMBERED = re.compile(
    r"(?:\bcmnd|\bcmt(?:nd)?|\bcccd|chung minh|can cuoc|dinh danh ca nhan|ho chieu|passport|so the dang"
    r"|the dang vien so|bao hiem xa hoi so|so bhxh|ma so bhxh|so the bhyt|tai khoan(?: ngan hang)? so"
    r"|so tai khoan|\bstk)\b"
    r"(?:[^\S\n]+[^\W\d]+){0,3}[^\S\n]*(?:so\b)?[^\S\n]*[:.]?[^\S\n]*(?=(?:[a-z]{0,2})[\d .-]*)"
    r"(?P<number>[a-z]{0,2}\d(?:[ .-]?\d){6,14})(?!\d)"
)
# Ten digits in a row of social insurance, the same of health insurance, or its card: no sum of money is written so.
_INSURED = re.compile(
    r"\b(?:bhxh|bhyt|bao hiem (?:xa hoi|y te))\b(?:[^\S\n]+(?:so|ma|ma so|the))?[^\S\n]*[:.]?[^\S\n]*"
    r"(?:[a-z]{2}[^\S\n]?\d(?:[^\S\n]?\d){12}|(?:[a-z]{2})?\d{10})(?!\w|[.,]\d)(?!\s*(?:dong|vnd|d|nguoi)\b)"
)
_TELEPHONE = re.compile(
    r"(?<![\w.,+-])(?<!\d/)\(?(?:\+|00)?(?:84|0)\)?(?:[ .()–\u00a0-]{0,3}\d){8,10}(?!\w|[.,]\d|/\d{1,4}(?!\d))"
)
_CALLING = re.compile(r"(?:dien thoai|di dong|\bs?dt|phone|mobile|tel|zalo|hotline|lien he|goi)\W*(?:\w+\W+){0,2}$")

_LINES_OF_NAMES = re.compile(
    r"^[\W\d]*(?:ho\s*(?:va|,)?\s*(?:chu\s+dem\s+(?:va\s+)?)?ten|full name)\b[^:\n]{0,40}:"
    r"[^\S\n]*(?=[^\n]*[^\W\d_])[^\s.…_:][^\n]*",
    re.MULTILINE,
)
# A word for a person before it, a family name first, then given names: most people of the country are called so.
_FAMILIES = (
    "Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đào|Đinh|Trương|Lương|Mai|Tô|Trịnh|Đoàn"
    "|Lâm|Hà|Cao|Thái|Tạ|Phùng|Quách|Vương|Châu|La|Kiều|Chu|Lưu|Tống|Triệu|Nông|Lò|Giàng|Vàng|Thào|Sùng|Hoa|Quàng|Cầm"
    "|Điểu|Y|H'|K'"
)
_GIVEN = r"(?:[^\S\n]+[^\W\d_a-zà-ỹđ][^\W\d_]*){1,5}"
_NAME = rf"(?:{_FAMILIES}){_GIVEN}|(?:{_FAMILIES.upper()}){_GIVEN}"
_TITLE = r"(?i:ông|bà|đ/c|đồng chí)?"
_AFTER_COLON = re.compile(rf":[^\S\n]*{_TITLE}[^\S\n]*(?:{_NAME})")
_LINE_OF_ITS_OWN = re.compile(rf"^[^\S\n]*(?:{_NAME})[^\S\n]*$", re.MULTILINE)
_ROLES = (
    r"người (?:lập|ký|liên hệ|phụ trách|báo cáo|đại diện|điền|kê khai|soạn|theo dõi|tổng hợp)[^:\n]{0,30}|"
    r"(?:cán bộ|đầu mối|chuyên viên)[^:\n]{0,30}|đồng chí|liên hệ|ký tên|bí thư|phó bí thư|chủ tịch|"
    r"giám đốc|trưởng ban|phó trưởng ban|"
    r"chánh văn phòng|thủ trưởng|thư ký"
)
_NAMED = re.compile(rf"(?i:\b(?:{_ROLES}))[^\S\n]*:[^\S\n]*{_TITLE}[^\S\n]*(?:{_NAME})")
_SIGNED = re.compile(
    r"(?i:đã ký|ký tên|ký và ghi|ký, (?:ghi|đóng)|ghi rõ họ tên|người lập|\b(?:TM|KT|TL|Q)\.|bí thư|chủ tịch|giám đốc|"
    r"trưởng ban|thủ trưởng|chánh văn phòng)[^\n]{0,60}"
    rf"(?:\n[^\S\n]*(?:[^\n]{{0,60}})){{0,4}}?\n[^\S\n]*(?:{_NAME})[^\S\n]*(?=\n|$)"
)


def _telephones(text: str) -> bool:
    return any(_is_telephone(found, text) for found in _TELEPHONE.finditer(text))


def _is_telephone(found: re.Match[str], text: str) -> bool:
    digits = re.sub(r"\D", "", found[0])
    digits = "0" + re.sub(r"^(?:00)?84", "", digits).lstrip("0") if not re.match("0[1-9]", digits) else digits
    if not re.fullmatch(r"0[35789]\d{8}|02\d{8,9}|01\d{9}", digits):
        return False
    groups = re.findall(r"\d+", found[0])
    # Pairs of digits may as well be a row of figures (03 04 05 …), so they need a word before them.
    return any(len(group) > 2 for group in groups) or _CALLING.search(fold(text[: found.start()][-40:])) is not None


def _names(text: str, folded: str) -> bool:
    return bool(
        (":" in text and _LINES_OF_NAMES.search(folded))
        or (_AFTER_COLON.search(text) and _NAMED.search(text))
        or (_LINE_OF_ITS_OWN.search(text) and _SIGNED.search(text))
    )


# What each rule cannot do without, so that most texts are passed over quickly.
_DIGITS = re.compile(r"\d[\W_]*(?:\d[\W_]{0,3}){6}")
_RULES: Sequence[tuple[str, re.Pattern[str], Callable[[str, str], bool]]] = (
    (
        mark("a mailbox address"),
        re.compile(r"@|[(\[{<]\s*(?:at|a)\s*[)\]}>]|\sat\s|a c[òo]ng", re.IGNORECASE),
        lambda text, _: _MAILBOX.search(text) is not None,
    ),
    (
        mark("a password"),
        re.compile(r"kh[ẩa]u|pass|pwd|\b(?:mk|pw)\b|\bp/w|m[ậa]t\s*m[ãa]|://[^\s/@]*@", re.IGNORECASE),
        lambda _, folded: _PASSWORD.search(folded) is not None,
    ),
    (
        mark("an access key"),
        re.compile(
            r"key|token|bearer|secret|kh(?:[óo]a|oá)|truy c[ậa]p|[spr]k[-_]|gh[pousr]_|github_pat|glpat|AKIA|AIza|xox"
            r"|eyJ",
            re.IGNORECASE,
        ),
        lambda text, folded: bool(_KEY_OF_A_SERVICE.search(text) or _KEY.search(folded)),
    ),
    (
        mark("an identity number"),
        _DIGITS,
        lambda text, folded: bool(_IDENTITY.search(text) or _NUMBERED.search(folded) or _INSURED.search(folded)),
    ),
    (mark("a telephone number"), _DIGITS, lambda text, _: _telephones(text)),
    (mark("a person's name"), re.compile("[:\n]"), _names),
)


def kinds(text: str) -> list[str]:
    """What a text gives away, in English words that are marked for translation."""
    text = composed(text)
    looks = [text]
    if _DRESSED.search(text) and (seen := _as_seen(text)) != text:
        looks.append(seen)
    folded: dict[str, str] = {}

    def holds(rule: Callable[[str, str], bool], one: str) -> bool:
        if one not in folded:
            folded[one] = fold(one)
        return rule(one, folded[one])

    return [name for name, hint, rule in _RULES if any(hint.search(one) and holds(rule, one) for one in looks)]


def _as_seen(text: str) -> str:
    """Without what does not print, entities and Markdown resolved; letters and digits of other shapes made plain."""
    plain = unicodedata.normalize("NFKC", _HIDDEN.sub("", html.unescape(text)))
    return _HIDDEN.sub("", _MARKUP.sub("", plain))


def words_of_file(name: str) -> str:
    """The name of a file as a text: people part its words by other marks than blanks."""
    return re.sub(r"(?<=\w)[_-](?=\w)|_", " ", name)
