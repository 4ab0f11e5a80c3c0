"""What crosses the border of fulfillment: papers before they are printed, parcels before they are labelled."""

from .labels import (
    CarrierIn,
    CarrierOut,
    CashOnDelivery,
    IssuedRow,
    Parcel,
    Party,
    Problem,
)
from .papers import (
    AmountRow,
    DeliveryNotePage,
    GiftOnPaper,
    InvoicePaper,
    NoteLine,
    PersonOnPaper,
    PickLine,
    RateTotal,
    ShopOnPaper,
    SinglePickingPage,
    TotalPickingPage,
    TotalPickRow,
)

__all__ = [
    "AmountRow",
    "CarrierIn",
    "CarrierOut",
    "CashOnDelivery",
    "DeliveryNotePage",
    "GiftOnPaper",
    "InvoicePaper",
    "IssuedRow",
    "NoteLine",
    "Parcel",
    "Party",
    "PersonOnPaper",
    "PickLine",
    "Problem",
    "RateTotal",
    "ShopOnPaper",
    "SinglePickingPage",
    "TotalPickRow",
    "TotalPickingPage",
]
