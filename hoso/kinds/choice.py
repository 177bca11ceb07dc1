"""A choice: one of some options, or several."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, PrivateAttr

from hoso.i18n import tr
from hoso.kinds.base import FieldBase
from hoso.kinds.spec import Bool, Id, Spec, Text, filled
from hoso.problems import Fault, nearest
from hoso.text import composed, fold


class Option(Spec):
    id: Id
    label: Text


class ChoiceField(FieldBase):
    """`options` stand here or are the name of a shared list, which is linked in when all is read."""

    type: Literal["choice"]
    options: Annotated[list[Option] | Id, BeforeValidator(filled)]
    many: Bool = False
    shown_as: Literal["marks", "list"] = "list"
    listed: ClassVar[bool] = True

    _linked: dict[str, str] = PrivateAttr(default_factory=dict)

    @property
    def labels(self) -> dict[str, str]:
        """Option id to label, in the declared order."""
        if isinstance(self.options, str):
            return self._linked
        return {option.id: option.label for option in self.options}

    @property
    def name(self) -> str:
        """Columns of x are headed by their options and may have no label of their own."""
        if self.label or self.shown_as != "marks":
            return super().name
        return " / ".join(self.labels.values()) or self.id

    def link(self, options: list[Option]) -> None:
        self._linked = {option.id: option.label for option in options}

    def faults(self, value: Any) -> Iterator[Fault]:
        chosen = value if isinstance(value, list) else [value]
        labels = self.labels
        if len(chosen) > 1 and not self.many:
            yield Fault("choice-many")
        for place, option in enumerate(chosen):
            if not isinstance(option, str):
                yield Fault("answer-shape")
            elif labels and option not in labels:
                yield Fault(
                    "choice-unknown",
                    {"value": option, "nearest": nearest(option, labels), "known": ", ".join(labels)},
                )
            elif option in chosen[:place]:
                yield Fault("choice-twice", {"value": labels.get(option, option)})

    def read(self, typed: str) -> str | list[str]:
        """Ids or labels, accents optional, several parted by commas or semicolons."""
        text = composed(typed).strip()
        whole = self._meant(text)
        if whole is not None or not self.many:
            return whole or text
        return [option for piece in text.split(";") for option in self._read_piece(piece.strip())]

    def _read_piece(self, piece: str) -> list[str]:
        """A label may hold commas, so semicolons part first."""
        whole = self._meant(piece)
        pieces = [part.strip() for part in piece.split(",") if part.strip()]
        return [whole] if whole is not None else [self._meant(part) or part for part in pieces]

    def _meant(self, text: str) -> str | None:
        """The option of this id or label; without regard to marks and capitals only where that means one option."""
        labels = self.labels
        if text in labels:
            return text
        exact = [option for option, label in labels.items() if label == text]
        alike = [option for option, label in labels.items() if fold(text) in (fold(option), fold(label))]
        found = exact or alike
        return found[0] if len(found) == 1 else None

    def shown(self, value: Any) -> str:
        labels = self.labels
        chosen = value if isinstance(value, list) else [value]
        return "; ".join(labels.get(str(option), str(option)) for option in chosen)

    def wants(self) -> list[str]:
        return [tr("one or more of: {labels}", labels="; ".join(self.labels.values())) if self.many
                else tr("one of: {labels}", labels="; ".join(self.labels.values()))]  # fmt: skip
