"""What English says of one: `1 day late`, where the message says `{count} days late`. Vietnamese has one form."""

from __future__ import annotations

from functools import lru_cache

# Parts of messages, of many and of one; where one begins another, the longer stands first.
_ONE = {
    "{count} faults in outlines and checklists; F4 lists them": "{count} fault in outlines or checklists; F4 lists it",
    "{count} cells are blank, the first is “{first}”": "{count} cell is blank: “{first}”",
    "{count} answers are kept whose": "{count} answer is kept whose",
    "{count} cells or rows differ": "{count} cell or row differs",
    "{count} of {base} units are rated": "{count} of {base} units is rated",
    "{count} files are marked": "{count} file is marked",
    "{count} pages are in": "{count} page is in",
    "{count} cells are": "{count} cell is",
    "{count} cells were": "{count} cell was",
    "{count} criteria": "{count} criterion",
    "{count} decimal places": "{count} decimal place",
    "{count} more columns": "{count} more column",
    "There are {errors} errors": "There is {errors} error",
    "{errors} errors": "{errors} error",
    "{remarks} remarks": "{remarks} remark",
    "{limit} are wanted": "{limit} is wanted",
    "{limit} are possible": "{limit} is possible",
    "{limit} decimal places": "{limit} decimal place",
    "{lost} words of then are missing": "{lost} word of then is missing",
    "{gained} are new": "{gained} is new",
    "{by} percentage points": "{by} percentage point",
    "{want} sets of the dossier are ready": "{want} set of the dossier is ready",
    "{want} Excel files are ready": "{want} Excel file is ready",
    "{want} PDF files are ready": "{want} PDF file is ready",
    "{want} Word files are ready": "{want} Word file is ready",
    "{want} paper copies are ready": "{want} paper copy is ready",
    "{want} signed scans are ready": "{want} signed scan is ready",
    "{want} files are attached": "{want} file is attached",
} | {
    f"{{{name}}} {word}s": f"{{{name}}} {word}"
    for name, words in {
        "count": "answer cell day document error fault field file item page paragraph problem row set table thing unit "
                 "warning word",
        "all": "unit", "base": "unit", "days": "day", "low": "word", "high": "word", "made": "page", "most": "point",
        "points": "point", "rows": "row", "columns": "column", "sections": "section", "asks": "point",
        "fields": "field", "limit": "value character part level", "places": "place", "total": "row",
    }.items()
    for word in words.split()
}  # fmt: skip


@lru_cache(maxsize=512)
def of_one(message: str, ones: frozenset[str]) -> str:
    """The message with its words of one, for each of these parameters, which are 1."""
    for many, one in _ONE.items():
        if any(many.startswith(f"{{{name}}}") or f" {{{name}}} " in many for name in ones):
            message = message.replace(many, one)
    return message
