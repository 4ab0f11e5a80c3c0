"""What can go wrong between data and paper."""

from __future__ import annotations

from django.utils.translation import gettext as _

from akinai.foundation.core.errors import AkinaiError


class PaperFault(AkinaiError):
    """A paper could not be made; `detail` is the typesetter's own complaint, for the log and not for people."""

    code = "paper_fault"
    status = 500

    def __init__(self, template: str, detail: str) -> None:
        super().__init__(_("The paper could not be made. Please tell the person who looks after akinai."))
        self.template = template
        self.detail = detail
        self.add_note(f"{template}: {detail}")


class NotEncodable(ValueError):
    """A bar code cannot carry this text; the message says which characters it takes."""
