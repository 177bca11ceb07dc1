"""Makes workspaces for measuring and trying: seeded, so that the same seed gives the same bytes.

python -m tests.generate FOLDER --dossiers 5000

A dossier depends on the seed and its own number only: a larger workspace begins with the smaller one's dossiers.
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Callable
from functools import cached_property
from itertools import cycle
from pathlib import Path
from random import Random
from typing import Any

from hoso import yamlio

OUTLINE, CHECKLIST = "bao-cao-tong-ket", "tong-ket-2021"
KINDS = {
    "huyen_thanh_thi": "Huyện, thành, thị ủy", "dang_uy_khoi": "Đảng ủy khối", "so_ban_nganh": "Sở, ban, ngành",
}  # fmt: skip
PERSONS = ("ban thường vụ", "cấp ủy", "chi bộ", "ban tổ chức", "đảng ủy cơ sở", "ủy ban kiểm tra", "tổ công tác")
DEEDS = ("đã ban hành", "đã rà soát", "chỉ đạo xây dựng", "tổ chức quán triệt", "kiểm tra việc thực hiện",
         "bổ sung", "hướng dẫn cơ sở lập", "phối hợp triển khai", "sơ kết", "giao các bộ phận theo dõi")  # fmt: skip
THINGS = ("quy chế làm việc", "kế hoạch năm", "chương trình học tập", "danh sách quy hoạch", "nội dung sinh hoạt",
          "đề án sắp xếp", "kết quả đánh giá", "công tác phát triển đảng viên", "việc nêu gương",
          "hồ sơ lưu trữ", "lịch tiếp dân", "báo cáo chuyên đề")  # fmt: skip
MANNERS = ("đúng tiến độ", "sát tình hình từng nơi", "với sự đồng thuận cao", "chậm so với yêu cầu ở hai nơi",
           "gắn với nhiệm vụ chuyên môn", "theo từng quý", "nhất là ở vùng xa", "có phân công rõ người, rõ việc",
           "tuy kinh phí còn hạn hẹp", "và rút kinh nghiệm ngay trong năm")  # fmt: skip
SUBJECTS = ("lãnh đạo, chỉ đạo", "kiện toàn tổ chức", "phát triển đảng viên", "sinh hoạt chi bộ", "đào tạo cán bộ",
            "kiểm tra, giám sát", "dân vận", "cải cách hành chính", "chuyển đổi số", "khen thưởng")  # fmt: skip
PLACES = ("Bình An", "Hòa Lạc", "Tân Phú", "Đông Sơn", "Yên Thịnh", "Phước Long", "Thạch Hà", "Cẩm Xuyên")
PDF = b"%PDF-1.4\n% generated\n"

Data = dict[str, Any]


def generate(folder: Path | str, *, dossiers: int, sections: int = 12, seed: int = 1, attachments: float = 0.2) -> Path:
    """Writes a workspace into a folder that is empty or not there yet.

    `attachments` is the share of units that have to attach documents. Of the dossiers about 60 % are complete
    (half of those handed in), 25 % half filled, 10 % barely begun, and 5 % each have one of FAULTS."""
    return _Workspace(Path(folder), dossiers, sections, seed, attachments).write()


class _Workspace:
    def __init__(self, folder: Path, dossiers: int, sections: int, seed: int, attachments: float) -> None:
        self.folder = folder
        self.dossiers = dossiers
        self.sections = sections
        self.seed = seed
        self.attachments = attachments
        self.faults = cycle(FAULTS)

    def write(self) -> Path:
        self.put("hoso.yaml", yamlio.dump({"hoso": "1", "language": "vi", "time_zone": "Asia/Ho_Chi_Minh"}))
        for name, text in self.frozen.items():
            self.put("outlines/lists.yaml" if name == "lists" else f"outlines/{OUTLINE}.yaml", text)
        self.put("checklists/units.yaml", yamlio.dump({"hoso": "1", "units": self.units()}))
        self.put(f"checklists/{CHECKLIST}.yaml", yamlio.dump(_checklist()))
        for number in range(1, self.dossiers + 1):
            _Dossier(self, number).write()
        return self.folder

    def put(self, name: str, content: str | bytes) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)

    @cached_property
    def outline(self) -> Data:
        return _outline(self.sections, Random(f"{self.seed} outline"))

    @cached_property
    def frozen(self) -> dict[str, str]:
        return {"bao_cao": yamlio.dump(self.outline), "lists": yamlio.dump(_lists())}

    @cached_property
    def digests(self) -> dict[str, str]:
        return {name: yamlio.digest(text.encode()) for name, text in self.frozen.items()}

    def random(self, number: int) -> Random:
        return Random(f"{self.seed} {number}")

    def kind(self, number: int) -> str:
        chance = Random(f"{self.seed} kind {number}")
        if chance.random() < self.attachments:
            return "dang_uy_khoi"
        return chance.choice(("huyen_thanh_thi", "so_ban_nganh"))

    def units(self) -> Data:
        head = {"tinh-uy": {"name": "Tỉnh ủy", "kind": "tinh_uy"}}
        return head | {
            unit_id(number): {
                "name": f"{KINDS[self.kind(number)]} {PLACES[number % len(PLACES)]} {number}",
                "kind": self.kind(number),
                "parent": "tinh-uy",
            }
            for number in range(1, self.dossiers + 1)
        }


def unit_id(number: int) -> str:
    return f"don-vi-{number:05}"


def _lists() -> Data:
    levels = {"xuat_sac": "Hoàn thành xuất sắc", "tot": "Hoàn thành tốt", "hoan_thanh": "Hoàn thành",
              "khong_hoan_thanh": "Không hoàn thành"}  # fmt: skip
    kinds = {"tinh_uy": "Tỉnh ủy"} | KINDS
    return {
        "hoso": "1",
        "lists": {"muc_xep_loai": [{"id": name, "label": label} for name, label in levels.items()]},
        "kinds": {name: {"label": label} for name, label in kinds.items()},
    }


def _checklist() -> Data:
    return {
        "hoso": "1", "title": "Hồ sơ tổng kết năm 2021", "period": "2021", "sets": "2",
        "deadline": {"by": "2021-12-04"}, "publish": {"dossiers": "all", "from": "drafting"},
        "to": [{"id": "ban_to_chuc", "name": "Ban Tổ chức Tỉnh ủy", "by": ["paper", "email"]}],
        "units": {"kinds": list(KINDS)},
        "guidance": "Gửi báo cáo và văn bản kèm theo về Ban Tổ chức Tỉnh ủy.\n",
        "items": [
            {"id": "cong_van", "title": "Văn bản gửi kèm báo cáo", "required": 'unit.kind == "dang_uy_khoi"',
             "attach": {"formats": ["pdf", "docx"], "at_least": "1"}},
            {"id": "bao_cao", "title": "Báo cáo tổng kết năm 2021", "outline": OUTLINE},
        ],
    }  # fmt: skip


def _outline(sections: int, chance: Random) -> Data:
    """Chapters of four sections; each section has asks, two facets of prose and three of the other field types."""
    chapters: list[Data] = []
    for number in range(1, sections + 1):
        if number % 4 == 1:
            title = f"Phần {len(chapters) + 1}: {chance.choice(SUBJECTS)}"
            chapters.append({"id": f"phan_{len(chapters) + 1}", "title": title, "sections": []})
        chapters[-1]["sections"].append(_section(number, chance))
    return {
        "hoso": "1", "title": "Báo cáo tổng kết năm 2021", "layout": "report", "version": "1", "period": "2021",
        "publish": {"dossiers": "all", "from": "drafting"},
        "guidance": "Viết ngắn, nêu *con số* trước, nhận xét sau.\n",
        "numbering": ["I", "1", "1.1", "a)", "-"],
        "facets": {
            "ket_qua": {"type": "text", "label": "Kết quả đạt được", "words": {"at_least": "12", "at_most": "900"}},
            "han_che": {"type": "text", "label": "Hạn chế, nguyên nhân", "required": "false"},
        },
        "sections": chapters,
    }  # fmt: skip


def _section(number: int, chance: Random) -> Data:
    extra: tuple[list[Data], ...] = (
        [{"id": "co_to", "type": "choice", "label": "Có lập tổ công tác không",
          "options": [{"id": "co", "label": "Có"}, {"id": "khong", "label": "Không"}]},
         {"id": "so_to", "type": "number", "label": "Số tổ công tác", "at_least": "1", "only_when": 'co_to == "co"'}],
        [{"id": "ty_le", "type": "number", "label": "Tỷ lệ", "measure": "%", "decimals": "1", "at_least": "0",
          "at_most": "100", "target": "95"},
         {"id": "xep_loai", "type": "choice", "label": "Tự xếp loại", "options": "muc_xep_loai"}],
        [{"id": "ngay_hop", "type": "date", "label": "Ngày họp"},
         {"id": "da_bao_cao", "type": "mark", "label": "Đã báo cáo cấp trên"}],
        [{"id": "minh_chung", "type": "file", "label": "Tài liệu minh chứng", "formats": ["pdf"],
          "required": "false"},
         {"id": "lien_he", "type": "text", "lines": "1", "label": "Bộ phận lập", "private": "true",
          "required": "false"}],
    )  # fmt: skip
    subject = chance.choice(SUBJECTS)
    made: Data = {
        "id": f"muc_{number}",
        "title": f"Về {subject} ({number})",
        "prompt": f"Nêu việc đã làm, kết quả và con số về {subject}.",
        "asks": [
            {"id": f"y_{place}", "text": f"Việc {chance.choice(THINGS)} của {chance.choice(PERSONS)}"}
            for place in range(1, 2 + number % 2)
        ],
        "facets": ["ket_qua", "han_che"] if number % 3 == 0 else ["ket_qua"],
        "fields": [
            {"id": "so_luot", "type": "number", "label": "Số lượt", "measure": "lượt", "at_least": "0",
             "compare": "true"},
            *extra[number % 4],
        ],
    }  # fmt: skip
    if number % 5 == 0:
        made["applies"] = 'unit.kind in ["huyen_thanh_thi", "dang_uy_khoi"]'
    return made


class _Dossier:
    """One unit's dossier: `part` of its sections are filled, and it may have been spoiled."""

    def __init__(self, workspace: _Workspace, number: int) -> None:
        self.workspace = workspace
        self.chance = workspace.random(number)
        self.unit = unit_id(number)
        self.kind = workspace.kind(number)
        self.place = f"checklists/{CHECKLIST}/{self.unit}"
        drawn = self.chance.random()
        self.state = "handed_in" if drawn < 0.3 else "drafting"
        half = 0.4 + 0.2 * self.chance.random()
        self.part = 1.0 if drawn < 0.6 or drawn >= 0.95 else half if drawn < 0.85 else 0.05
        self.fault = next(workspace.faults) if drawn >= 0.95 else ""
        self.attachments: Data = {}
        self.private: Data = {}

    def write(self) -> None:
        sheet = {"hoso": "1", "outline": OUTLINE, "version": "1", "answers": self.answers()}
        if self.kind == "dang_uy_khoi" and self.part > 0.5:
            self.attach("cong_van", "cong-van.pdf")
        data: Data = {"hoso": "1", "unit": self.unit, "state": self.state, "attachments": self.attachments}
        if self.state == "handed_in":
            data["frozen"] = self.workspace.digests
            self.hand_in()
        files: Data = {"dossier.yaml": data, "bao_cao.yaml": sheet}
        if self.private:
            files["bao_cao.private.yaml"] = sheet | {"answers": self.private}
        spoil = FAULTS.get(self.fault)
        if spoil is not None:
            spoil(files)
        for name, content in files.items():
            self.put(name, content if isinstance(content, str | bytes) else yamlio.dump(content))

    def put(self, name: str, content: str | bytes) -> None:
        self.workspace.put(f"{self.place}/{name}", content)

    def hand_in(self) -> None:
        for name, text in self.workspace.frozen.items():
            self.put(f"frozen/{name}.yaml", text)
        day = f"2021-11-{self.chance.randint(10, 28)}T08:15:00+07:00"
        event = {"hoso": "1", "event": "handed_in", "at": day}
        self.put(f"history/{day[:13].replace('-', '')}15-handed-in.yaml", yamlio.dump(event))

    def attach(self, address: str, name: str) -> None:
        content = PDF + self.sentence().encode() + b"\n"
        self.put(f"files/{address}/{name}", content)
        sha256 = hashlib.sha256(content).hexdigest()
        kept = {"file": f"{address}/{name}", "size": str(len(content)), "sha256": sha256}
        self.attachments[address] = {f"r{sha256[:4]}": kept}

    def answers(self) -> Data:
        made: Data = {}
        filled = round(self.part * self.workspace.sections)
        for chapter in self.workspace.outline["sections"]:
            made[chapter["id"]] = None
            for section in chapter["sections"]:
                applies = "applies" not in section or self.kind != "so_ban_nganh"
                made[section["id"]] = self.section(section) if filled > 0 and applies else None
                filled -= 1
        return made

    def section(self, section: Data) -> Data:
        chance = self.chance
        made: Data = {"asks": {ask["id"]: self.mark(section["id"]) for ask in section["asks"]}}
        made["ket_qua"] = self.prose(chance.randint(1, 2))
        if "han_che" in section["facets"]:
            made["han_che"] = self.prose(1)
        before = chance.randint(100, 9000)
        made["so_luot"] = {"value": str(before + chance.randint(-90, 400)), "before": str(before)}
        for field in section["fields"][1:]:
            if field["id"] != "so_to" or made["co_to"] == "co":
                self.fill(made, section["id"], field)
        return made

    def fill(self, made: Data, section: str, field: Data) -> None:
        chance, name = self.chance, field["id"]
        if field["type"] == "file":
            if chance.random() < self.workspace.attachments / 2:
                self.attach(f"bao_cao.{section}.{name}", "minh-chung.pdf")
        elif field.get("private"):
            if chance.random() < 0.03:
                self.private[section] = {name: f"Bộ phận tổng hợp {chance.choice(PLACES)}"}
        elif field["type"] == "choice":
            made[name] = chance.choice(("co", "khong") if name == "co_to" else ("xuat_sac", "tot", "hoan_thanh"))
        elif field["type"] == "date":
            made[name] = f"2021-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        elif field["type"] == "mark":
            made |= {name: "x"} if chance.random() < 0.7 else {}
        elif name == "ty_le":
            made[name] = f"{chance.randint(60, 99)}.{chance.randint(1, 9)}"
        else:
            made[name] = str(chance.randint(1, 20))

    def mark(self, section: str) -> Any:
        drawn = self.chance.random()
        if drawn < 0.85:
            return "here"
        if drawn < 0.93:
            return {"elsewhere": "muc_1" if section != "muc_1" else "phan_1"}
        return {"absent": "not_applicable", "because": "Đơn vị không có nhiệm vụ này"}

    def prose(self, sentences: int) -> str:
        return " ".join(self.sentence() for _ in range(sentences)) + "\n"

    def sentence(self) -> str:
        chance = self.chance
        first = f"{chance.choice(PERSONS)} {chance.choice(DEEDS)} {chance.choice(THINGS)} {chance.choice(MANNERS)}"
        rest = f"{chance.choice(PERSONS)} {chance.choice(DEEDS)} {chance.choice(THINGS)}"
        return f"{first[0].upper()}{first[1:]}; trong năm có {chance.randint(2, 60)} lần {rest}."


# ---- faults: each spoils one dossier's files in one way ------------------------------------------------------


def _answer(section: str, field: str, raw: Any, **others: Any) -> Callable[[Data], None]:
    def spoil(files: Data) -> None:
        answers = files["bao_cao.yaml"]["answers"]
        answers[section] = (answers[section] or {}) | {field: raw} | others

    return spoil


def _text(change: Callable[[str], str | bytes], name: str = "bao_cao.yaml") -> Callable[[Data], None]:
    def spoil(files: Data) -> None:
        files[name] = change(yamlio.dump(files[name]))

    return spoil


def _key(file: str, key: str, value: Any) -> Callable[[Data], None]:
    def spoil(files: Data) -> None:
        files[file][key] = value

    return spoil


def _attachment(**changed: str) -> Callable[[Data], None]:
    kept = {"file": "cong_van/mat.pdf", "size": "9", "sha256": "0" * 64} | changed
    return _key("dossier.yaml", "attachments", {"cong_van": {"rzzzz": kept}})


FAULTS: dict[str, Callable[[Data], None]] = {
    "not-a-number": _answer("muc_1", "so_luot", "khoảng một trăm"),
    "number-ambiguous": _answer("muc_1", "ty_le", "1,000"),
    "number-too-low": _answer("muc_1", "so_luot", "-5"),
    "number-too-high": _answer("muc_1", "ty_le", "104.5"),
    "number-decimals": _answer("muc_1", "ty_le", "94.123"),
    "choice-unknown": _answer("muc_1", "xep_loai", "rat_tot"),
    "not-a-day": _answer("muc_2", "ngay_hop", "2021-02-30"),
    "mark-unknown": _answer("muc_2", "da_bao_cao", "ok"),
    "text-too-short": _answer("muc_1", "ket_qua", "Tốt."),
    "answer-given-otherwise": _answer("muc_4", "so_to", "3", co_to="khong"),
    "file-answer": _answer("muc_3", "minh_chung", "xem kèm theo"),
    "answer-field-unknown": _answer("muc_1", "ket_quar", "Viết nhầm chỗ"),
    "ask-unknown": _answer("muc_1", "asks", {"y_9": "here"}),
    "ask-mark": _answer("muc_1", "asks", {"y_1": "roi"}),
    "absent-without-reason": _answer("muc_1", "so_luot", {"absent": "not_applicable"}),
    "answer-shape": _answer("muc_1", "so_luot", {"gia_tri": "5"}),
    "answer-section-unknown": lambda files: files["bao_cao.yaml"]["answers"].update(muc_0={"ket_qua": "Lạc"}),
    "answers-outline-differs": _key("bao_cao.yaml", "outline", "bao-cao-khac"),
    "version-newer": _key("bao_cao.yaml", "hoso", "9"),
    "key-unknown": _key("dossier.yaml", "stat", "drafting"),
    "state-unknown": _key("dossier.yaml", "state", "done"),
    "unit-mismatch": _key("dossier.yaml", "unit", "don-vi-khac"),
    "waiver-without-reason": _key("dossier.yaml", "waivers", [{"code": "answer-missing", "key": "bao_cao"}]),
    "attachment-lost": _attachment(),
    "attachment-path": _attachment(file="../../ngoai.pdf"),
    "yaml-syntax": _text(lambda text: text.replace("answers:\n", "answers: [\n")),
    "yaml-duplicate-key": _text(lambda text: text + "  muc_1:\n"),
    "yaml-tag": _text(lambda text: text.replace("version: 1", "version: !!int 1")),
    "yaml-alias": _text(lambda text: text + "parked:\n  a: &mot\n    b: 1\n  c: *mot\n"),
    "conflict-markers": _text(lambda text: text + "<<<<<<< a\n  x: 1\n=======\n  x: 2\n>>>>>>> b\n"),
    "not-utf-8": _text(lambda text: text.encode() + b"  # \xff\n"),
    "empty-file": _text(lambda text: "", "dossier.yaml"),
}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description="Makes a seeded workspace.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--dossiers", type=int, default=5000)
    parser.add_argument("--sections", type=int, default=12)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--attachments", type=float, default=0.2)
    told = parser.parse_args()
    generate(told.folder, dossiers=told.dossiers, sections=told.sections, seed=told.seed, attachments=told.attachments)


if __name__ == "__main__":
    main()
