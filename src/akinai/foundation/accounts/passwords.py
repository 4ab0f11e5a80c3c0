"""Password rules after NIST SP 800-63B-4 and ASVS 6.2: length and a blocklist, nothing about composition or age."""

from __future__ import annotations

import unicodedata

from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.translation import gettext as _

#: Long enough that hashing a huge text is no way to tire the server.
LONGEST = 1024
#: A password that repeats a piece no longer than this is guessed as easily as the piece.
SHORT_PIECE = 4


def tidy(password: str) -> str:
    """One form for what looks alike on different keyboards (NFKC), before hashing and before checking."""
    return unicodedata.normalize("NFKC", password)


class BlocklistValidator(CommonPasswordValidator):
    """Refuses the 20,000 most used passwords, and passwords that only repeat something short or one of them."""

    def validate(self, password: str, user: object = None) -> None:
        """Raise if the password, or the piece it repeats, is one that guessers try first."""
        piece = self._repeated(password.lower().strip())
        if piece in self.passwords or len(piece) <= SHORT_PIECE:
            raise ValidationError(self.get_help_text(), code="password_too_common")

    def _repeated(self, text: str) -> str:
        found = (text + text).find(text, 1)
        return text[:found]

    def get_help_text(self) -> str:
        """The rule as a sentence."""
        return _("Passwords that many people use, or that only repeat a short piece, can't be used.")


def _rule() -> str:
    text = _("At least %(n)s characters; a sentence or four words are fine. Blanks, kana and signs all count.")
    return text % {"n": settings.AKINAI_PASSWORD_LENGTH}


#: The rule as a sentence, for help texts.
rule = lazy(_rule, str)()
