"""The words of returns, and which state of a case follows which. Data only."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(TextChoices):
    """What a case is about (1.9)."""

    RETURN = "return", pgettext_lazy("case", "Return")
    EXCHANGE = "exchange", pgettext_lazy("case", "Exchange")
    NON_DELIVERY = "non_delivery", pgettext_lazy("case", "Not delivered")
    CARRIER_CLAIM = "carrier_claim", pgettext_lazy("case", "Lost or damaged on the way")
    COMPLAINT = "complaint", pgettext_lazy("case", "Other matter")


class Reason(TextChoices):
    """Why goods come back (ORD-72); without one no case is opened (R95)."""

    DEFECT = "defect", pgettext_lazy("return", "Defect")
    WRONG = "wrong", pgettext_lazy("return", "Wrong goods sent")
    DAMAGE = "damage", pgettext_lazy("return", "Damaged on the way")
    CUSTOMER = "customer", pgettext_lazy("return", "Buyer's wish")
    UNDELIVERABLE = "undeliverable", pgettext_lazy("return", "Could not be delivered")


class Cause(TextChoices):
    """Why a parcel was not delivered (ORD-76, ORD-77, ORD-71)."""

    REFUSED = "refused", _("Refused at the door")
    ABSENT = "absent", _("Nobody at home for too long")
    ADDRESS = "address", _("Address unknown")
    RECALLED = "recalled", _("Called back by us")


#: What the buyer has caused: one does not forget who does so twice (ORD-76).
NOT_TAKEN_IN = (Cause.REFUSED, Cause.ABSENT)


class State(TextChoices):
    """How far a case is."""

    AWAITING = "awaiting", pgettext_lazy("case", "Waiting for the goods")
    COMING = "coming", pgettext_lazy("case", "On its way back")
    ASKED = "asked", pgettext_lazy("case", "Carrier asked")
    TALKING = "talking", pgettext_lazy("case", "In talks")
    RECEIVED = "received", pgettext_lazy("case", "Inspected, to be settled")
    APPROVAL = "approval", pgettext_lazy("case", "Refund to be approved")
    REFUND = "refund", pgettext_lazy("case", "Refund to be paid")
    CLOSED = "closed", pgettext_lazy("case", "Closed")
    WITHDRAWN = "withdrawn", pgettext_lazy("case", "Withdrawn")


class Result(TextChoices):
    """What inspection found (ORD-73)."""

    RESELL = "A", _("A: sell again")
    OUTLET = "B", _("B: outlet")
    SCRAP = "C", _("C: scrap")
    SUPPLIER = "D", _("D: back to the supplier")


class ClaimKind(TextChoices):
    """What somebody else owes the shop because of a case."""

    FREIGHT = "freight", _("Freight there and back")
    COD_FEE = "cod_fee", _("Cash on delivery fee")
    GOODS = "goods", _("Exchanged goods not sent back")
    CARRIER = "carrier", _("Compensation by the carrier")


class ClaimState(TextChoices):
    """How far a claim is."""

    OPEN = "open", pgettext_lazy("claim", "Open")
    PAID = "paid", pgettext_lazy("claim", "Paid")
    WAIVED = "waived", pgettext_lazy("claim", "Waived")


#: Where a case of each kind begins.
FIRST: dict[str, str] = {
    Kind.RETURN: State.AWAITING,
    Kind.EXCHANGE: State.AWAITING,
    Kind.NON_DELIVERY: State.COMING,
    Kind.CARRIER_CLAIM: State.ASKED,
    Kind.COMPLAINT: State.TALKING,
}
#: The states in which goods are expected, and those that are over.
EXPECTING = (State.AWAITING, State.COMING, State.ASKED, State.TALKING)
OVER = (State.CLOSED, State.WITHDRAWN)
#: Kinds of which goods come back, and the reasons each allows.
REASONS: dict[str, tuple[str, ...]] = {
    Kind.RETURN: (Reason.DEFECT, Reason.WRONG, Reason.DAMAGE, Reason.CUSTOMER),
    Kind.EXCHANGE: (Reason.DEFECT, Reason.WRONG, Reason.DAMAGE, Reason.CUSTOMER),
    Kind.NON_DELIVERY: (Reason.UNDELIVERABLE,),
    Kind.CARRIER_CLAIM: (Reason.DAMAGE, Reason.UNDELIVERABLE),
    Kind.COMPLAINT: tuple(Reason.values),
}
#: For these the shop stands up: it bears all freights and gives the fees back, too (ORD-72, ORD-74).
SHOP_FAULT = frozenset({Reason.DEFECT, Reason.WRONG, Reason.DAMAGE})
#: Icon and tone of each state.
STATE_LOOK: dict[str, tuple[str, str]] = {
    State.AWAITING: ("clock", "wait"),
    State.COMING: ("truck-return", "warn"),
    State.ASKED: ("phone", "wait"),
    State.TALKING: ("message-2", "wait"),
    State.RECEIVED: ("package", "act"),
    State.APPROVAL: ("eye", "act"),
    State.REFUND: ("receipt-refund", "act"),
    State.CLOSED: ("check", "ok"),
    State.WITHDRAWN: ("x", "wait"),
}
