"""The one place where YAML is read and written. Every scalar comes in as text; every node keeps its place."""

from hoso.yamlio.document import Document, Key, digest
from hoso.yamlio.reading import MAX_BYTES, parse, read
from hoso.yamlio.writing import dump, scalar, write, write_bytes

__all__ = [
    "MAX_BYTES",
    "Document",
    "Key",
    "digest",
    "dump",
    "parse",
    "read",
    "scalar",
    "write",
    "write_bytes",
]
