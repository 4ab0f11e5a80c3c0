"""Routes of returns."""

from __future__ import annotations

from django.urls import path

from .views import cases, claims, lists, opening, receiving, settling

app_name = "returns"
urlpatterns = [
    path("returns/", lists.case_list, name="list"),
    path("returns/report/", lists.report, name="report"),
    path("returns/receive/", receiving.start, name="receive_start"),
    path("returns/orders/<int:order_id>/panel/", lists.panel, name="panel"),
    path("returns/orders/<int:order_id>/open/", opening.open_case, name="open"),
    path("returns/orders/<int:order_id>/reopen/", opening.reopen, name="reopen"),
    path("returns/customers/<int:customer_id>/", lists.of_customer, name="of_customer"),
    path("returns/<int:case_id>/", cases.case, name="case"),
    path("returns/<int:case_id>/receive/", receiving.receive, name="receive"),
    path("returns/<int:case_id>/scan/", receiving.scan, name="scan"),
    path("returns/<int:case_id>/finish/", receiving.finish, name="finish"),
    path("returns/<int:case_id>/refund/", settling.refund, name="refund"),
    path("returns/<int:case_id>/approve/", settling.approve, name="approve"),
    path("returns/<int:case_id>/decline/", settling.decline, name="decline"),
    path("returns/<int:case_id>/replace/", settling.replace, name="replace"),
    path("returns/<int:case_id>/cause/", cases.cause, name="cause"),
    path("returns/<int:case_id>/note/", cases.note, name="note"),
    path("returns/<int:case_id>/close/", cases.close, name="close"),
    path("returns/<int:case_id>/bill/", cases.bill, name="bill"),
    path("returns/<int:case_id>/withdraw/", cases.withdraw, name="withdraw"),
    path("returns/claims/<int:claim_id>/paid/", claims.paid, name="claim_paid"),
    path("returns/claims/<int:claim_id>/change/", claims.change, name="claim_change"),
    path("returns/claims/<int:claim_id>/waive/", claims.waive, name="claim_waive"),
]
