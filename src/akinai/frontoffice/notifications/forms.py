"""What a person fills in for a mail written by hand; each form gives the values of its kind."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from akinai.backoffice.fulfillment.services import kept_until
from akinai.backoffice.orders.states import Check
from akinai.foundation.core import clock
from akinai.shop.messaging import conversations
from akinai.shop.messaging.forms import FilesField, InsistingForm
from akinai.shop.stores import selectors as stores
from akinai.shop.stores import settings
from akinai.shop.stores.fields import SpokenForm

from .composing import compose
from .declared import REPLY_DAYS
from .facts import OrderFacts
from .occasions import BY_BUYER, BY_US, return_days
from .parcels import delays_on, sent_parcels
from .services import Answer, Wanted
from .services.writing import next_reminder
from .spelling import day

UNKNOWN = pgettext_lazy("mail", "not known yet")
#: Who pays the way back, by the word of the form.
FREIGHT = {"us": BY_US, "buyer": BY_BUYER}


def _area(label: Any, rows: int = 3, *, required: bool = False, **more: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows, "class": "ak-mailtext"} if rows > 5 else {"rows": rows})
    return forms.CharField(label=label, required=required, max_length=20_000, strip=False, widget=widget, **more)


def _date(label: Any, *, required: bool = False, **more: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget, **more)


_NO_VARIABLES = ("token", "step", "subject", "body", "insist", "enclosures")


class WriteForm(InsistingForm):
    """Base of all: `token` names this very form, so that pressing twice sends once."""

    kind: str = ""
    token = forms.RegexField(r"^[0-9a-f]{32}$", widget=forms.HiddenInput)
    enclosures = FilesField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields([name for name in self.fields if name != "enclosures"])

    @classmethod
    def fresh(cls, facts: OrderFacts, by: Any) -> WriteForm:
        """As it stands before anybody has typed."""
        return cls(initial={"token": uuid.uuid4().hex, **cls.start(facts, by)})

    @classmethod
    def start(cls, facts: OrderFacts, by: Any) -> dict[str, Any]:
        """What the fields begin with."""
        return {}

    def values(self) -> dict[str, Any]:
        """What was typed, as the mail takes it: words, and days as they are."""
        return {name: self.value(name) for name in self.fields if name not in _NO_VARIABLES}

    def value(self, name: str) -> Any:
        """One value: a day, or words."""
        value = self.cleaned_data.get(name)
        return value if isinstance(value, dt.date) else str(value or "").strip()

    def wanted(self) -> Wanted:
        """The mail that is asked for."""
        typed = self.cleaned_data
        return Wanted(
            self.kind, self.values(), subject=typed.get("subject", ""), body=typed.get("body", ""),
            token=typed.get("token", ""), step=typed.get("step", ""), insist=bool(typed.get("insist")),
            files=typed.get("enclosures", ()),
        )  # fmt: skip


class FreeForm(WriteForm):
    """Free words; the same variables as in templates may be used."""

    kind = "FREE"
    subject = forms.CharField(label=_("Subject"), max_length=200)
    body = _area(_("Text"), 20, required=True)

    @classmethod
    def start(cls, facts: OrderFacts, by: Any) -> dict[str, Any]:
        made = compose("FREE", facts, by)
        return {"subject": made.subject, "body": made.body}


class ReminderForm(WriteForm):
    """M06."""

    kind = "M06"
    step = forms.ChoiceField(
        label=_("Which reminder"), widget=forms.RadioSelect,
        choices=[("R1", _("First, gentle")), ("R2", _("Second")), ("R3", _("Last, names the day of cancellation"))],
    )  # fmt: skip
    staff_note = _area(_("A word of your own"))

    @classmethod
    def start(cls, facts: OrderFacts, by: Any) -> dict[str, Any]:
        return {"step": next_reminder(facts.order.pk)}


class DelayForm(WriteForm):
    """M09: an apology with cause, old and new date, and until when to answer."""

    kind = "M09"
    reason = _area(_("Cause, as the buyer reads it"), required=True)
    old_date = _date(_("Planned before"))
    new_date = _date(_("Planned now"), help_text=_("Blank: not known yet."))
    reply_due = _date(_("Answer until"), required=True)
    staff_note = _area(_("A word of your own"))

    @classmethod
    def start(cls, facts: OrderFacts, by: Any) -> dict[str, Any]:
        begun = {"old_date": facts.plan.ship_on if facts.plan else None, "reply_due": reply_due()}
        return begun | asked_about(facts)

    def value(self, name: str) -> Any:
        return super().value(name) or (UNKNOWN if name in ("old_date", "new_date") else "")


class PaymentForm(WriteForm):
    """M17: the payment did not go through."""

    kind = "M17"
    reply_due = _date(_("Answer until"), required=True)
    staff_note = _area(_("A word of your own"))

    @classmethod
    def start(cls, facts: OrderFacts, by: Any) -> dict[str, Any]:
        return {"reply_due": reply_due()}


class NoteOnlyForm(WriteForm):
    """A mail that knows everything but a word of one's own."""

    staff_note = _area(_("A word of your own"))


class TransferForm(NoteOnlyForm):
    """M04 again."""

    kind = "M04"


class CashForm(NoteOnlyForm):
    """M08 again."""

    kind = "M08"


class RoadForm(WriteForm):
    """M10: the carrier is late."""

    kind = "M10"
    reason = _area(_("Cause, as the buyer reads it"), required=True, help_text=_("Such as 大雪 or 道路の通行止め"))
    new_date = _date(_("Arrives now on"), help_text=_("Blank: not known yet."))
    staff_note = _area(_("A word of your own"))

    @classmethod
    def start(cls, facts: OrderFacts, by: Any) -> dict[str, Any]:
        """With what the carrier says of the way (SHP-42), where it does."""
        parcel = sent_parcels(facts.order.pk).first()
        if parcel is None or parcel.shipped_at is None:
            return {}
        on = clock.aware(parcel.shipped_at).date()
        carrier = facts.timetable.services[parcel.service_id].carrier.code
        said = delays_on(facts, parcel.ship_prefecture, carrier, on)
        return {"reason": "\n".join(said)} if said else {}

    def value(self, name: str) -> Any:
        return super().value(name) or (UNKNOWN if name == "new_date" else "")


class HeldForm(WriteForm):
    """M10b: the parcel waits at the depot."""

    kind = "M10b"
    reply_due = _date(_("Kept until"), required=True)
    staff_note = _area(_("A word of your own"))

    @classmethod
    def start(cls, facts: OrderFacts, by: Any) -> dict[str, Any]:
        parcel = sent_parcels(facts.order.pk).first()
        return {"reply_due": kept_until(parcel)} if parcel else {}


class ReturnForm(WriteForm):
    """M13: how to send goods back for a refund."""

    kind = "M13"
    freight_bearer = forms.ChoiceField(
        label=_("Who pays the way back"), choices=[("us", _("We (cash on arrival)")), ("buyer", _("The buyer"))],
        widget=forms.RadioSelect,
    )  # fmt: skip
    return_due = _date(_("Sent back until"), required=True)
    new_date = _date(_("Refund or exchange until"), required=True)
    staff_note = _area(_("A word of your own"))

    @classmethod
    def start(cls, facts: OrderFacts, by: Any) -> dict[str, Any]:
        return {"freight_bearer": "us", **return_days()}

    def values(self) -> dict[str, Any]:
        """Who bears the freight is who is to blame, and the mail begins accordingly."""
        typed = super().values()
        by = typed["freight_bearer"]
        return {**typed, "freight_bearer": FREIGHT.get(by, ""), "our_fault": "1" if by == "us" else "0"}


class ExchangeForm(ReturnForm):
    """M13 for an exchange."""

    kind = "M13b"


class ReviewForm(WriteForm):
    """M14."""

    kind = "M14"


class FollowUpForm(NoteOnlyForm):
    """M15."""

    kind = "M15"


class InquiryForm(WriteForm):
    """M16: a first answer while something is looked into."""

    kind = "M16"
    inquiry_no = forms.CharField(label=_("Number of the inquiry"), max_length=40)
    reason = _area(_("What is being looked into"), required=True, help_text=_("Such as お荷物の配達状況"))
    next_contact_on = _date(_("Next word until"), required=True)
    staff_note = _area(_("A word of your own"))

    @classmethod
    def start(cls, facts: OrderFacts, by: Any) -> dict[str, Any]:
        latest = conversations.latest_about(facts.order.subject)
        number = latest.number if latest else facts.order.number
        return {"inquiry_no": number, "next_contact_on": reply_due()}


FORMS: dict[str, type[WriteForm]] = {
    form.kind: form
    for form in (
        FreeForm, ReminderForm, DelayForm, PaymentForm, TransferForm, CashForm, RoadForm, HeldForm, ReturnForm,
        ExchangeForm, ReviewForm, FollowUpForm, InquiryForm,
    )
}  # fmt: skip


def asked_about(facts: OrderFacts) -> dict[str, Any]:
    """R33: why the buyer is asked, and the days, by the open reason; blank where nothing of the kind is open."""
    details = {check.code: check.detail for check in facts.checks}
    with facts.speaking():
        if Check.DATE_IMPOSSIBLE in details:
            days = [dt.date.fromisoformat(details[Check.DATE_IMPOSSIBLE][name]) for name in ("wish", "deliver")]
            if details[Check.DATE_IMPOSSIBLE].get("morning"):
                said = pgettext("mail", "On %(wish)s we can deliver in the afternoon at the earliest.")
                return {"reason": said % {"wish": day(days[0])}, "old_date": days[0], "new_date": days[0]}
            said = pgettext("mail", "We cannot deliver on the day you wished for (%(wish)s): the first is %(day)s.")
            reason = said % {"wish": day(days[0]), "day": day(days[1])}
            return {"reason": reason, "old_date": days[0], "new_date": days[1]}
        if Check.STOCKOUT in details:
            return {"reason": pgettext("mail", "After your order we found that we do not have enough of them.")}
    return {}


def reply_due() -> dt.date:
    """The day until which a buyer is asked to answer: so many business days from today."""
    return stores.business_calendar().add_open_days(clock.today(), int(settings.value(REPLY_DAYS)))


class ManyForm(SpokenForm):
    """The same free mail to the buyers of several orders."""

    token = forms.RegexField(r"^[0-9a-f]{32}$", widget=forms.HiddenInput)
    subject = forms.CharField(label=_("Subject"), max_length=200)
    body = _area(_("Text"), 20, required=True)

    def wanted(self) -> Wanted:
        """The mail that is asked for."""
        typed = self.cleaned_data
        return Wanted("FREE", {}, subject=typed["subject"], body=typed["body"], token=typed["token"])


class NoteForm(SpokenForm):
    """A word for the confirmation."""

    text = _area(_("A word for the confirmation mail"), 2)


class AnswerForm(InsistingForm):
    """An answer to a mail of a buyer."""

    token = forms.RegexField(r"^[0-9a-f]{32}$", widget=forms.HiddenInput)
    subject = forms.CharField(label=_("Subject"), max_length=200)
    body = _area(_("Text"), 16, required=True)
    enclosures = FilesField()

    def wanted(self) -> Answer:
        """The answer as typed."""
        typed = self.cleaned_data
        return Answer(typed["subject"], typed["body"], typed["token"], typed["insist"], typed["enclosures"])


class LinkForm(SpokenForm):
    """Which order a conversation is about."""

    number = forms.CharField(
        label=_("Order number"), max_length=60, required=False, help_text=_("Blank: it is about no order.")
    )
