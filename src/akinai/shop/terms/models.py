"""How a shop is paid and how it sends: methods, fees, carriers, services, sizes, lead days, islands, windows."""

from __future__ import annotations

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from . import states, zones


class PaymentMethod(models.Model):
    """A way to pay. `aliases` are the words stores write for it in their files."""

    code = models.SlugField(_("Code"), max_length=40, unique=True)
    name = models.CharField(_("Name"), max_length=60)
    kind = models.CharField(_("Kind"), max_length=20, choices=states.MethodKind)
    timing = models.CharField(_("When paid"), max_length=8, choices=states.Timing)
    needs_credit_check = models.BooleanField(_("Needs a credit check"), default=False)
    due_days = models.PositiveSmallIntegerField(_("Days to pay"), null=True, blank=True)
    tolerance = models.PositiveIntegerField(_("Accepted shortfall (yen)"), default=0)
    auth_days = models.PositiveSmallIntegerField(_("Days an authorisation lives"), null=True, blank=True)
    aliases = models.JSONField(_("Words used in order files"), default=list, blank=True)
    is_active = models.BooleanField(_("In use"), default=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class PaymentFeeBand(models.Model):
    """The fee (yen, tax included) for amounts up to a limit that includes the fee itself (PAY-10)."""

    method = models.ForeignKey(PaymentMethod, on_delete=models.CASCADE, related_name="fee_bands")
    up_to = models.PositiveIntegerField(_("Amount up to (yen, fee included)"))
    inclusive = models.BooleanField(_("The limit itself belongs to the band"), default=True)
    fee = models.PositiveIntegerField(_("Fee (yen, tax included)"))
    effective_from = models.DateField(_("Valid from"))

    class Meta:
        ordering = ["method_id", "effective_from", "up_to"]
        constraints = [models.UniqueConstraint(fields=["method", "effective_from", "up_to"], name="fee_band_once")]

    def __str__(self) -> str:
        return f"{self.up_to}: {self.fee}"


class Carrier(models.Model):
    """A carrier, its pickups at the shop and its tracking page (`{n}` stands for the number, SHP-52)."""

    code = models.SlugField(_("Code"), max_length=40, unique=True)
    name = models.CharField(_("Name"), max_length=60)
    pickup_closed_weekdays = models.JSONField(_("No pickup on"), default=list, blank=True)
    pickup_closed_days = models.JSONField(_("No pickup on these dates"), default=list, blank=True)
    pickup_time = models.TimeField(_("Pickup time"), null=True, blank=True)
    tracking_url = models.CharField(_("Tracking page"), max_length=300, blank=True)
    tracking_check = models.CharField(
        _("Wrong tracking number"), max_length=6, choices=states.TrackingCheck, default=states.TrackingCheck.WARN
    )
    address_layout = models.CharField(
        _("Address fields of the label"),
        max_length=10,
        choices=states.AddressLayout,
        default=states.AddressLayout.NONE,
    )
    takes_po_box = models.BooleanField(_("Delivers to PO boxes and post offices"), default=False)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class DeliveryService(models.Model):
    """A delivery service of a carrier with what it can and cannot do."""

    code = models.SlugField(_("Code"), max_length=40, unique=True)
    carrier = models.ForeignKey(Carrier, on_delete=models.PROTECT, related_name="services")
    name = models.CharField(_("Name"), max_length=60)
    label_type = models.CharField(_("Label type"), max_length=10, blank=True)
    cod_label_type = models.CharField(_("Label type for cash on delivery"), max_length=10, blank=True)
    cool = models.CharField(_("Temperature"), max_length=8, choices=states.Cool, default=states.Cool.NORMAL)
    cod_ok = models.BooleanField(_("Cash on delivery"), default=False)
    cod_limit = models.PositiveIntegerField(_("Cash on delivery limit (yen)"), null=True, blank=True)
    date_ok = models.BooleanField(_("Delivery date"), default=False)
    window_ok = models.BooleanField(_("Time window"), default=False)
    max_days_ahead = models.PositiveSmallIntegerField(_("Delivery date at most days ahead"), default=30)
    handover = models.CharField(_("Handover"), max_length=8, choices=states.Handover, default=states.Handover.HAND)
    tracking_check = models.CharField(
        _("Wrong tracking number"), max_length=6, choices=states.TrackingCheck, blank=True
    )
    address_layout = models.CharField(
        _("Address fields of the label"), max_length=10, choices=states.AddressLayout, blank=True
    )
    aliases = models.JSONField(_("Words used in order files"), default=list, blank=True)
    is_default = models.BooleanField(_("Used when an order names none"), default=False)
    is_active = models.BooleanField(_("In use"), default=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["is_default"], condition=Q(is_default=True), name="one_default_service")
        ]

    def __str__(self) -> str:
        return self.name


class SizeClass(models.Model):
    """A size of a service: what still fits. Blank limits do not bind (SHP-1)."""

    service = models.ForeignKey(DeliveryService, on_delete=models.CASCADE, related_name="sizes")
    name = models.CharField(_("Size class"), max_length=20)
    position = models.PositiveSmallIntegerField(_("Position"))
    edge_sum_cm = models.PositiveSmallIntegerField(_("Edge sum (cm)"), null=True, blank=True)
    longest_edge_cm = models.PositiveSmallIntegerField(_("Longest edge (cm)"), null=True, blank=True)
    max_weight_g = models.PositiveIntegerField(_("Weight (g)"), null=True, blank=True)

    class Meta:
        ordering = ["service_id", "position"]
        constraints = [models.UniqueConstraint(fields=["service", "name"], name="size_once_a_service")]

    def __str__(self) -> str:
        return self.name


class LeadTime(models.Model):
    """Calendar days from shipping to delivery between two zones; without a service it holds for all (SHP-9).

    `is_estimate` marks days nobody has compared with the carrier's own table. `afternoon` means that the parcel
    arrives in the afternoon, so that 午前中 is not offered on the first day.
    """

    service = models.ForeignKey(
        DeliveryService, on_delete=models.CASCADE, null=True, blank=True, related_name="lead_times"
    )
    origin_zone = models.CharField(_("From zone"), max_length=20)
    zone = models.CharField(_("To zone"), max_length=20)
    days = models.PositiveSmallIntegerField(_("Days"), validators=[MaxValueValidator(30)])
    afternoon = models.BooleanField(_("Arrives in the afternoon"), default=False)
    is_estimate = models.BooleanField(_("Estimate"), default=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["origin_zone", "zone"], condition=Q(service__isnull=True), name="lead_time_once"
            ),
            models.UniqueConstraint(fields=["service", "origin_zone", "zone"], name="lead_time_once_a_service"),
        ]

    def __str__(self) -> str:
        return f"{self.origin_zone} → {self.zone}"


class Island(models.Model):
    """A remote place by postcode or its beginning, with what differs there (SHP-20). Without a carrier: for all."""

    carrier = models.ForeignKey(Carrier, on_delete=models.CASCADE, null=True, blank=True, related_name="islands")
    postcode = models.CharField(_("Postcode or its beginning"), max_length=7)
    name = models.CharField(_("Name"), max_length=60, blank=True)
    extra_days = models.PositiveSmallIntegerField(_("Extra days"), default=0, validators=[MaxValueValidator(60)])
    surcharge = models.PositiveIntegerField(_("Surcharge (yen, tax included)"), default=0)
    no_cool = models.BooleanField(_("No cool delivery"), default=False)
    no_cod = models.BooleanField(_("No cash on delivery"), default=False)
    no_date = models.BooleanField(_("No delivery date"), default=False)
    source = models.CharField(_("Source"), max_length=100, blank=True)
    source_date = models.DateField(_("As of"), null=True, blank=True)

    class Meta:
        ordering = ["postcode", "id"]
        constraints = [
            models.UniqueConstraint(fields=["postcode"], condition=Q(carrier__isnull=True), name="island_once"),
            models.UniqueConstraint(fields=["carrier", "postcode"], name="island_once_a_carrier"),
        ]

    def __str__(self) -> str:
        return self.name or self.postcode


class CarrierNotice(models.Model):
    """年末年始, 台風, 大雪: parcels sent in these days take longer to these zones (SHP-42). Without a carrier: for all.

    `zones` are words of `zones.ZONES`; none means everywhere. The text is what buyers read.
    """

    carrier = models.ForeignKey(Carrier, on_delete=models.CASCADE, null=True, blank=True, related_name="notices")
    zones = models.JSONField(default=list, blank=True)
    begins = models.DateField()
    ends = models.DateField()
    extra_days = models.PositiveSmallIntegerField(default=0, validators=[MaxValueValidator(60)])
    text = models.CharField(max_length=300)

    class Meta:
        ordering = ["-begins", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(ends__gte=models.F("begins")), name="notice_ends_after_it_begins")
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def zone_names(self) -> list[str]:
        """The zones as people call them."""
        return [zones.ZONE_NAMES[zone] for zone in self.zones if zone in zones.ZONE_NAMES]


class WindowCode(models.Model):
    """A delivery time window a carrier really has, with the code its labels take."""

    carrier = models.ForeignKey(Carrier, on_delete=models.CASCADE, related_name="windows")
    window = models.CharField(_("Time window"), max_length=5)
    code = models.CharField(_("Carrier's code"), max_length=10, blank=True)

    class Meta:
        ordering = ["carrier_id", "window"]
        constraints = [models.UniqueConstraint(fields=["carrier", "window"], name="window_once_a_carrier")]

    def __str__(self) -> str:
        return self.window


class ShippingFeeTable(models.Model):
    """What buyers pay for shipping from a day on: yen by zone, tax included (SHP-10). Without a store: for all.

    `fees` is {zone: yen}. Only used where we charge; what a mall or cart has charged stays as it came.
    """

    store = models.ForeignKey(
        "stores.Store", on_delete=models.CASCADE, null=True, blank=True, related_name="shipping_fees"
    )
    effective_from = models.DateField(_("Valid from"))
    fees = models.JSONField(_("Fee by zone (yen, tax included)"), default=dict)
    cool_surcharge = models.PositiveIntegerField(_("Surcharge for cool delivery (yen, tax included)"), default=0)
    free_from = models.PositiveIntegerField(_("Free from goods of (yen, tax included)"), null=True, blank=True)
    free_far = models.BooleanField(_("Also free to Okinawa and islands"), default=False)

    class Meta:
        ordering = ["-effective_from", "id"]
        constraints = [
            models.UniqueConstraint(fields=["effective_from"], condition=Q(store__isnull=True), name="shipping_once"),
            models.UniqueConstraint(fields=["store", "effective_from"], name="shipping_once_a_store"),
        ]

    def __str__(self) -> str:
        return self.effective_from.isoformat()
