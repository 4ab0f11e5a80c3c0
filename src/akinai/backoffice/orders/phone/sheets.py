"""What may be a FAX sheet, judged by its bytes and never by its name. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from akinai.foundation.core.errors import BadInput
from akinai.shop.catalog.pictures import TYPES, judge

#: The folder of the file store in which sheets lie.
FOLDER = "sheets"
MOST_BYTES = 10 * 1024 * 1024
MOST_SHEETS = 10
_PDF_END = 2048


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file that is a sheet: a name to show, how its stored name ends, its type by content."""

    name: str
    ending: str
    content_type: str


def judged(name: str, data: bytes) -> Sheet:
    """What this file is. Raises BadInput (field `sheet`) for an empty or too large one and for anything but a PDF or a
    picture; a FAX as TIFF is told how to become one.
    """
    shown = "".join(c for c in name.replace("\\", "/").rpartition("/")[2] if c.isprintable()).strip(". ")[-150:]
    if not data:
        raise BadInput(_("“%(name)s” is empty.") % {"name": shown}, field="sheet")
    if len(data) > MOST_BYTES:
        raise BadInput(_("A sheet has at most 10 MB."), field="sheet")
    if data[:4] in (b"II*\x00", b"MM\x00*"):
        raise BadInput(_("Browsers do not show TIFF. Save the FAX as PDF, JPEG or PNG."), field="sheet")
    if data.startswith(b"%PDF-") and b"%%EOF" in data[-_PDF_END:]:
        return Sheet(shown or "fax.pdf", "pdf", "application/pdf")
    try:
        ending = judge(data).ending
    except BadInput as error:
        raise BadInput(
            _("A sheet is a PDF, or a picture of at most 5 MB (JPEG, PNG, WebP, GIF)."), field="sheet"
        ) from error
    return Sheet(shown or f"fax.{ending}", ending, TYPES[ending])
