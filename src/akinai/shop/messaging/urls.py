"""Routes of mails, included at the root."""

from __future__ import annotations

from django.urls import path

from .views import accounts, files, mailbox, outbox, refusing, server, templates

app_name = "messaging"
urlpatterns = [
    path("mail/", outbox.outbox, name="outbox"),
    path("mail/stop/", outbox.stop_many, name="stop_many"),
    path("mail/hurry/", outbox.hurry_many, name="hurry_many"),
    path("mail/resend/", outbox.resend_many, name="resend_many"),
    path("mail/<int:message_id>/", outbox.message, name="message"),
    path("mail/<int:message_id>/edit/", outbox.edit, name="edit"),
    path("mail/<int:message_id>/stop/", outbox.stop, name="stop"),
    path("mail/<int:message_id>/take-back/", outbox.take_back, name="take_back"),
    path("mail/<int:message_id>/resend/", outbox.resend, name="resend"),
    path("mail/<int:message_id>/hurry/", outbox.hurry, name="hurry"),
    path("mail/<int:message_id>/lift/<int:mark_id>/", outbox.lift, name="lift"),
    path("mail/<int:message_id>/settle/", outbox.settle, name="settle"),
    path("mail/mailbox/", mailbox.mailbox, name="mailbox"),
    path("mail/templates/", templates.template_list, name="template_list"),
    path("mail/templates/<str:kind>/", templates.template_edit, name="template_edit"),
    path("mail/templates/<str:kind>/preview/", templates.template_preview, name="template_preview"),
    path("mail/templates/<str:kind>/restore/", templates.template_restore, name="template_restore"),
    path("letters/stop/<str:token>/", refusing.refuse, name="refuse"),
    path("letters/stop/<str:token>/now/", refusing.refuse_at_once, name="refuse_at_once"),
    path("settings/mail/", server.server, name="server"),
    path("settings/mailboxes/", accounts.account_list, name="account_list"),
    path("settings/mailboxes/add/", accounts.account_add, name="account_add"),
    path("settings/mailboxes/<int:account_id>/", accounts.account_edit, name="account_edit"),
    path("settings/mailboxes/<int:account_id>/try/", accounts.account_try, name="account_try"),
    path("mail/<int:message_id>/source/", files.source, name="source"),
    path("mail/<int:message_id>/files/<int:file_id>/", files.enclosure, name="enclosure"),
    path("mail/<int:message_id>/files/<int:file_id>/drop/", files.drop, name="drop_file"),
    path("mail/received/<int:received_id>/source/", files.received_source, name="received_source"),
    path("mail/received/<int:received_id>/files/<int:part>/", files.received_file, name="received_file"),
    path("settings/mail/test/", server.test_mail, name="test_mail"),
]
