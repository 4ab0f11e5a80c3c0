"""Routes of money, included at the root."""

from __future__ import annotations

from django.urls import path

from .views import checking, lists, many, orders, sums

app_name = "payments"
urlpatterns = [
    path("money/", lists.waiting, name="waiting"),
    path("money/part/", lists.part_paid, name="part_paid"),
    path("money/refunds/", lists.to_return, name="to_return"),
    path("money/refunds/<int:request_id>/approve/", orders.approve_refund, name="approve_refund"),
    path("money/refunds/<int:request_id>/decline/", orders.decline_refund, name="decline_refund"),
    path("money/lapsed/", lists.lapsed, name="lapsed"),
    path("money/lapsed/cancel/", many.cancel_unpaid, name="cancel_unpaid"),
    path("money/settlement/", lists.settlement, name="settlement"),
    path("money/history/", lists.history, name="history"),
    path("money/authorisations/", lists.authorisations, name="authorisations"),
    path("money/passbook/", checking.bank_check, name="bank_check"),
    path("money/passbook/note/", checking.note_bank_check, name="note_bank_check"),
    path("money/several/", sums.several, name="several"),
    path("money/settle/", sums.settle, name="settle"),
    path("money/sums/<int:settlement_id>/", sums.one_sum, name="one_sum"),
    path("money/mark-paid/", many.mark_paid, name="mark_paid"),
    path("money/orders/<int:order_id>/", orders.order, name="order"),
    path("money/orders/<int:order_id>/panel/", orders.panel, name="panel"),
    path("money/orders/<int:order_id>/deposit/", orders.deposit, name="deposit"),
    path("money/orders/<int:order_id>/authorise/", orders.authorise, name="authorise"),
    path("money/orders/<int:order_id>/take-again/", orders.take_again, name="take_again"),
    path("money/orders/<int:order_id>/refund/", orders.refund, name="refund"),
    path("money/orders/<int:order_id>/write-off/", orders.write_off, name="write_off"),
    path("money/entries/<int:entry_id>/reverse/", orders.reverse_entry, name="reverse"),
    path("money/entries/<int:entry_id>/undo/", orders.undo, name="undo"),
]
