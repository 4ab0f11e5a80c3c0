"""Help while an address is typed: what its postcode stands for, and what does not fit (ORD-20 ADDRESS)."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from akinai.foundation.core.permissions import signed_in
from akinai.foundation.core.text import digits
from akinai.shop.terms import addresses, postcodes

#: What is wrong with postcode and place, not with what has not been typed yet.
SAID = ("unknown_postcode", "prefecture_mismatch", "city_mismatch")


@require_GET
@signed_in
def place(request: HttpRequest) -> JsonResponse:
    """The place of `postcode`, and what `prefecture` and `address1` do not share with it; for `terms/address.js`."""
    typed = {name: request.GET.get(name, "")[:255] for name in ("postcode", "prefecture", "address1")}
    address = addresses.normalised(addresses.Address(**typed))
    found = postcodes.lookup(address.postcode)
    whole = len(digits(address.postcode)) >= 7
    reasons = addresses.against_postcode(address, found) if whole else []
    said = [_say(reason) for reason in reasons if reason.code in SAID]
    if found is None:
        return JsonResponse({"found": False, "said": said})
    better = addresses.corrected(address, found)
    return JsonResponse(
        {
            "found": True,
            "prefecture": found.prefecture,
            "start": found.city + found.town,
            "said": said,
            "better": {"prefecture": better.prefecture, "address1": better.address1} if said else None,
            "use": _("Write %(address)s") % {"address": better.prefecture + better.address1},
        }
    )


def _say(reason: addresses.Reason) -> str:
    return f"{reason.sentence} ({reason.detail})" if reason.detail else str(reason.sentence)
