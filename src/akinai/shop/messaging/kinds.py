"""The kinds of mail the program knows, with the house's texts. The apps above declare theirs in `apps.ready()`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from akinai.foundation.accounts.models import Language
from akinai.foundation.core.errors import NotFound

from .rendering import Values, Variable, Vocabulary

#: Tests sent to oneself; they have no template.
PROBE = "TEST"


@dataclass(frozen=True, slots=True)
class Sample:
    """A real thing to preview a template on: what it is called, and the values it gives."""

    name: str
    values: Values


@dataclass(frozen=True)
class MailKind:
    """A kind of mail. `subject` and `text` are the house's template; `variables` are all it may use.

    `sample(reference, store_id, language)` finds a real thing for the preview (the latest where `reference` is blank)
    and says its values in that language; it raises NotFound with a sentence. `to_shop`: it goes to our own staff.
    `wants` are variables a sound subject has. `promotional`: it advertises, so it goes to nobody who refused and always
    has the line that stops it (LAW-12). `others`: the house's subject and text in languages other than Japanese.
    """

    key: str
    label: str | Promise
    subject: str
    text: str
    variables: Vocabulary
    sample: Callable[[str, int | None, str], Sample]
    order: int = 100
    to_shop: bool = False
    wants: tuple[str, ...] = ()
    help: str | Promise = ""
    promotional: bool = False
    others: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def languages(self) -> list[str]:
        """The languages this kind can be written in, Japanese first."""
        return [Language.JA.value, *self.others]

    def language(self, wanted: str) -> str:
        """The wanted language if there are texts in it, else Japanese."""
        return wanted if wanted in self.others else Language.JA.value


@dataclass
class Kinds:
    """Every kind by key."""

    _known: dict[str, MailKind] = field(default_factory=dict)

    def add(self, *kinds: MailKind) -> None:
        """Register; the same key twice raises RuntimeError."""
        for kind in kinds:
            if kind.key in self._known:
                raise RuntimeError(f"mail kind {kind.key} is declared twice")
            self._known[kind.key] = kind

    def get(self, key: str) -> MailKind:
        """The kind of that key; raises NotFound."""
        try:
            return self._known[key]
        except KeyError:
            raise NotFound(_("There is no such mail template.")) from None

    def label(self, key: str) -> str:
        """What people call it; the key where nobody declared it any more."""
        if key == PROBE:
            return _("Test to oneself")
        known = self._known.get(key)
        return str(known.label) if known else key

    def is_promotional(self, key: str) -> bool:
        """True if mails of this kind advertise."""
        known = self._known.get(key)
        return known is not None and known.promotional

    def __iter__(self) -> Iterator[MailKind]:
        return iter(sorted(self._known.values(), key=lambda k: (k.order, k.key)))


def vocabulary(*variables: Variable) -> Mapping[str, Variable]:
    """Variables by name."""
    return {v.name: v for v in variables}


kinds = Kinds()
