"""Settings of this app."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from akinai.shop.stores.settings import declare, name_group

name_group("payments", _("Money"))

PROPOSE, AUTOMATIC = "propose", "automatic"
AUTO_CANCEL = declare(
    "payments.auto_cancel", default=PROPOSE, kind="choice", label=_("Orders not paid in time"),
    choices=[(PROPOSE, _("are proposed for cancellation")), (AUTOMATIC, _("are cancelled by themselves"))],
    help_text=_("Never before somebody has read the passbook past their last day; partly paid ones always wait for "
                "a person."),
)  # fmt: skip
TRANSFER_FEES = declare(
    "payments.transfer_fees", default="110,145,165,220,275,330,440,550,660,880", kind="text",
    label=_("Usual transfer fees (yen)"),
    help_text=_("A deposit that is short by one of these is shown as short by the fee. Separated by commas."),
)  # fmt: skip
APPROVAL_FROM = declare(
    "payments.approval_from", default=50_000, kind="int", minimum=0, unit=pgettext_lazy("unit", "yen"),
    label=_("Refunds from this amount on need the approval of a second person"),
    help_text=_("0: one person is enough."),
)  # fmt: skip
