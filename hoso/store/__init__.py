"""One dossier on disk: reading, saving, locks, attachments, history."""

from hoso.store.appraising import APPRAISAL, AppraisalFile
from hoso.store.attachments import attach, detach
from hoso.store.bringing import FILES
from hoso.store.checksums import checksum
from hoso.store.locks import Holder, Lock
from hoso.store.reading import DOSSIER, PRIVATE, read_dossier
from hoso.store.sweeping import sweep_dossier
from hoso.store.writing import Saved, SheetFile, freeze, read_events, record_event, save_dossier

__all__ = [
    "APPRAISAL", "DOSSIER", "FILES", "PRIVATE", "AppraisalFile", "Holder", "Lock", "Saved", "SheetFile", "attach",
    "checksum", "detach", "freeze", "read_dossier", "read_events", "record_event", "save_dossier", "sweep_dossier",
]  # fmt: skip
