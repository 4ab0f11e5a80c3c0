"""Somebody has looked at the account and says up to which day (PAY-6)."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from akinai.backoffice.payments.events import BankChecked
from akinai.backoffice.payments.models import BankCheck
from akinai.foundation import audit, events
from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.errors import BadInput

from .ledger import OLDEST_DAYS


@transaction.atomic
def note_bank_check(actor: Actor, *, through: dt.date) -> BankCheck:
    """All deposits up to the end of this JST day are recorded (PAY-6); an earlier day than before corrects a slip.

    Raises BadInput for a day that is not over, since money may still come on it. Emits BankChecked: reminders that
    waited for it go out, orders whose time is over are proposed or cancelled (T07, T08).
    """
    if through >= clock.today():
        raise BadInput(_("Money may still come today. Enter a day that is over."), field="through")
    if (clock.today() - through).days > OLDEST_DAYS:
        raise BadInput(_("This date is more than ten years ago."), field="through")
    row = BankCheck.objects.create(through=through, at=clock.now(), by=actor.key, by_label=actor.label)
    audit.record(actor, "payments.bank_checked", f"bank:{row.pk}", detail={"through": through})
    events.emit(BankChecked(row.pk, through), actor=actor)
    return row
