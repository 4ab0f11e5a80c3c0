"""What can be done with a store's files. Pages, commands and jobs call the same ones."""

from __future__ import annotations

from .answering import answer_vouching, answer_who_mails, map_words
from .checking import check_files, correct_cells, dismiss, dry_run, examine_run, remove_cell
from .mapping import delete_mapping, keep_own_files, save_mapping, use_mapping
from .taking import begin, carry_on, take_in, work_off

__all__ = [
    "answer_vouching",
    "answer_who_mails",
    "begin",
    "carry_on",
    "check_files",
    "correct_cells",
    "delete_mapping",
    "dismiss",
    "dry_run",
    "examine_run",
    "keep_own_files",
    "map_words",
    "remove_cell",
    "save_mapping",
    "take_in",
    "use_mapping",
    "work_off",
]
