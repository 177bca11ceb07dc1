"""What English says of one: `1 day late`, where the message says `{count} days late`. Vietnamese has one form."""

from __future__ import annotations

import re
from functools import lru_cache

# Parameters that count what follows them.
COUNTING = frozenset({
    "all", "asks", "base", "by", "columns", "count", "days", "errors", "fields", "high", "limit", "low", "made", "most",
    "points", "places", "remarks", "removed", "rows", "sections", "total", "units", "want", "warnings", "years",
})  # fmt: skip
# Where more changes than the end of the word counted.
_OTHERWISE = {
    "{count} faults in outlines and checklists; F4 lists them": "{count} fault in outlines or checklists; F4 lists it",
    "{count} errors in outlines and checklists; “hoso check” lists them":
        "{count} error in outlines or checklists; “hoso check” tells it",
    "{count} cells are blank, the first is “{first}”": "{count} cell is blank: “{first}”",
    "{count} entries could not be saved, but a copy was kept. Restore them?":
        "{count} entry could not be saved, but a copy was kept. Restore it?",
    "{count} answers taken over as proposals; F5 accepts each":
        "{count} answer taken over as a proposal; F5 accepts it",
    "{count} cells or rows differ": "{count} cell or row differs",
    "{count} of {base} units are rated": "{count} of {base} units is rated",
    "{count} criteria are": "{count} criterion is",
    "{count} criteria": "{count} criterion",
    "There are {errors} errors": "There is {errors} error",
    "{limit} are wanted": "{limit} is wanted",
    "{limit} are possible": "{limit} is possible",
    "{gained} are new": "{gained} is new",
    "{lost} words of then are": "{lost} word of then is",
    "{want} sets of the dossier are": "{want} set of the dossier is",
}  # fmt: skip
_VERBS = {" are": " is", " were": " was", "": ""}
_NO_NOUN = "is|was|has|less|this|its"


@lru_cache(maxsize=512)
def of_one(message: str, ones: frozenset[str]) -> str:
    """The message with its words of one, for those of these parameters, which are 1, that count something."""
    for many, one in _OTHERWISE.items():
        if any(f"{{{name}}}" in many.partition("}")[0] + "}" for name in ones):
            message = message.replace(many, one)
    for name in ones & COUNTING:
        message = _regular(name).sub(_one, message)
    return message


def _regular(name: str) -> re.Pattern[str]:
    words = rf"(?!(?:{_NO_NOUN})\b)((?:[A-Za-z]+ )?)(?!(?:{_NO_NOUN})\b)([A-Za-z]+?)(ies|s)( are| were|)\b"
    return re.compile(rf"(\{{{name}\}} ){words}")


def _one(found: re.Match[str]) -> str:
    count, which, stem, end, verb = found.groups()
    return f"{count}{which}{stem}{'y' if end == 'ies' else ''}{_VERBS[verb]}"
