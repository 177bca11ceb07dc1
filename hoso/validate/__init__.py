"""The only judge: what is wrong or missing in a dossier, and how much of it is done."""

from hoso.validate.answers import answer_faults, mark_faults
from hoso.validate.dossiers import Judge
from hoso.validate.gathering import gathered, gathered_faults
from hoso.validate.names import Names, plain_value
from hoso.validate.sections import judge_section
from hoso.validate.verdicts import MISSING, PartVerdict, SectionVerdict, Verdict
from hoso.validate.waiving import waived_in

__all__ = [
    "MISSING", "Judge", "Names", "PartVerdict", "SectionVerdict", "Verdict",
    "answer_faults", "gathered", "gathered_faults", "judge_section", "mark_faults", "plain_value", "waived_in",
]  # fmt: skip
