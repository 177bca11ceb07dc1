"""Evidence inside a form: files that are attached to a field."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar, Literal

from hoso.i18n import tr
from hoso.kinds.base import FieldBase
from hoso.kinds.spec import Count, Spec, Text
from hoso.problems import Fault

# What can be told from a file's content, and how else it is written.
FORMATS = (
    "pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp", "doc", "xls", "ppt", "rtf", "txt", "text",
    "png", "jpg", "jpeg", "gif", "tiff", "tif", "zip", "7z", "rar",
)  # fmt: skip


class Attach(Spec):
    """How many files are wanted, and in which formats (none named: any)."""

    formats: list[Text] = []
    at_least: Count = 1

    def wants(self) -> list[str]:
        out = [self._how_many()]
        return [*out, tr("format {formats}", formats=", ".join(self.formats))] if self.formats else out

    def _how_many(self) -> str:
        """There is no upper limit."""
        if self.at_least > 1:
            return tr("at least {count} files", count=self.at_least)
        return tr("at least one file") if self.at_least else tr("any number of files")


class FileField(FieldBase):
    type: Literal["file"]
    formats: list[Text] = []
    at_least: Count = 1
    attached: ClassVar[bool] = True

    @property
    def attach(self) -> Attach:
        return Attach(formats=self.formats, at_least=self.at_least)

    def faults(self, value: Any) -> Iterator[Fault]:  # noqa: ARG002
        yield Fault("file-answer", {"key": self.id})

    def wants(self) -> list[str]:
        return self.attach.wants()
