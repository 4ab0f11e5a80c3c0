"""Mail addresses as they are in Japan: also those of phone companies that the standard does not allow."""

from __future__ import annotations

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.translation import gettext as _

from akinai.foundation.core.errors import BadInput

_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}")
_domain = EmailValidator()
LONGEST = 254


def check(text: str, *, field: str = "to") -> str:
    """The address in its one form: half width, no blanks around, the domain in ASCII. Raises BadInput.

    Dots at the end of the local part or in a row (old addresses of phone companies) are allowed and quoted on the way
    out. Line breaks and a second address are refused: nothing typed here becomes a header of its own.
    """
    flat = unicodedata.normalize("NFKC", text).strip()
    local, at, domain = flat.rpartition("@")
    wrong = BadInput(_("“%(address)s” is not a mail address.") % {"address": text[:80]}, field=field)
    if not at or len(flat) > LONGEST or not _LOCAL.fullmatch(local) or any(c.isspace() for c in flat):
        raise wrong
    try:
        ascii_domain = domain.encode("idna").decode("ascii").lower()
        _domain("x@" + ascii_domain)
    except (UnicodeError, ValidationError):
        raise wrong from None
    return f"{local}@{ascii_domain}"


def is_sound(text: str) -> bool:
    """True if `check` lets it pass."""
    try:
        check(text)
    except BadInput:
        return False
    return True


def quoted(address: str) -> str:
    """The address as the mail standard wants it: a local part that breaks its rules goes between quotes."""
    local, _at, domain = address.rpartition("@")
    if ".." in local or local.startswith(".") or local.endswith("."):
        return f'"{local}"@{domain}'
    return address
