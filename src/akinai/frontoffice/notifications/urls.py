"""Routes of mails about orders, included at the root."""

from __future__ import annotations

from django.urls import path

from .views import customer, inbox, panel, writing

app_name = "notifications"
urlpatterns = [
    path("mail/write/", writing.write, name="write"),
    path("mail/many/", writing.many, name="many"),
    path("mail/inbox/", inbox.inbox, name="inbox"),
    path("mail/threads/<int:thread_id>/", inbox.thread, name="thread"),
    path("mail/threads/<int:thread_id>/answer/", inbox.answer, name="answer"),
    path("mail/threads/<int:thread_id>/link/", inbox.link, name="link"),
    path("mail/threads/<int:thread_id>/close/", inbox.close, name="close"),
    path("mail/threads/<int:thread_id>/reopen/", inbox.reopen, name="reopen"),
    path("mail/threads/<int:thread_id>/arrived/", inbox.arrived, name="arrived"),
    path("mail/customers/<int:customer_id>/", customer.of_customer, name="of_customer"),
    path("mail/customers/<int:customer_id>/no-ads/", customer.no_ads, name="customer_no_ads"),
    path("mail/customers/<int:customer_id>/lift/<int:mark_id>/", customer.lift, name="customer_lift"),
    path("mail/orders/<int:order_id>/", panel.order_mails, name="order_mails"),
    path("mail/orders/<int:order_id>/note/", panel.order_note, name="order_note"),
    path("mail/orders/<int:order_id>/write/", writing.order_write, name="order_write"),
    path("mail/orders/<int:order_id>/ask/", writing.ask_buyer, name="ask_buyer"),
    path("mail/orders/<int:order_id>/preview/", writing.order_preview, name="order_preview"),
]
