"""Findings that a dossier waives with a reason."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from hoso.dossiers import Dossier, Waiver
from hoso.problems import Place, Problem, problem
from hoso.store.reading import DOSSIER

if TYPE_CHECKING:
    pass
from hoso.validate.names import Waived


def waived_in(dossier: Dossier, part: str) -> Waived | None:
    """Tells of an address inside a part and a code whether the dossier waives it."""
    if not dossier.waivers:
        return None
    known = {(waiver.code, waiver.key) for waiver in dossier.waivers}
    return lambda at, code: (code, f"{part}.{at}") in known or (code, "") in known


def covered(dossier: Dossier, problems: list[Problem]) -> list[Problem]:
    """The problems, those that are waived with the reason."""
    out = []
    for found in problems:
        waiver = next((one for one in dossier.waivers if one.covers(found)), None)
        out.append(found.waive(waiver.reason) if waiver else found)
    return out


def unused(dossier: Dossier, problems: list[Problem]) -> Iterator[Problem]:
    """Waivers of what is no longer found."""
    found = [one for one in problems if one.waived is not None]
    for waiver in dossier.waivers:
        # What publishing finds is not looked for here.
        if waiver.code != "publish-secret" and not any(waiver.covers(one) for one in found):
            path, place = f"{dossier.path}/{DOSSIER}", _place_of(waiver, dossier)
            yield problem("waiver-unused", path, "waivers", place, code=waiver.code, name=waiver.key)


def _place_of(waiver: Waiver, dossier: Dossier) -> Place:
    document = dossier.documents.get(DOSSIER)
    if document is None:
        return None, None
    written = enumerate(document.data["waivers"])
    same = (place for place, raw in written if waiver == Waiver(*(raw.get(name) or "" for name in Waiver._fields)))
    return document.place(("waivers", *list(same)[:1]))
