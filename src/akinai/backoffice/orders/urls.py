"""Addresses of orders."""

from __future__ import annotations

from django.urls import path

from .views import changes, export, lists, page, rules, stock

app_name = "orders"
urlpatterns = [
    path("orders/", lists.order_list, name="list"),
    path("orders/accept/", lists.bulk_accept, name="bulk_accept"),
    path("orders/hold/", lists.bulk_hold, name="bulk_hold"),
    path("orders/export/", export.choose, name="export"),
    path("orders/export/file/", export.download, name="export_file"),
    path("orders/tabs/", lists.tabs, name="tabs"),
    path("orders/of-customer/<int:customer_id>/", page.of_customer, name="of_customer"),
    path("orders/find-sku/", page.find_sku, name="find_sku"),
    path("orders/<int:order_id>/", page.order, name="order"),
    path("orders/<int:order_id>/preview/", lists.preview, name="preview"),
    path("orders/<int:order_id>/promise/", page.promise, name="promise"),
    path("orders/<int:order_id>/seen/", page.seen, name="seen"),
    path("orders/<int:order_id>/accept/", changes.accept, name="accept"),
    path("orders/<int:order_id>/confirm/", changes.confirm, name="confirm"),
    path("orders/<int:order_id>/clear-check/", changes.clear_check, name="clear_check"),
    path("orders/<int:order_id>/allocate/", changes.allocate, name="allocate"),
    path("orders/<int:order_id>/ship-to/", changes.change_ship_to, name="change_ship_to"),
    path("orders/<int:order_id>/wish/", changes.change_wish, name="change_wish"),
    path("orders/<int:order_id>/sku/", changes.set_line_sku, name="set_line_sku"),
    path("orders/<int:order_id>/apply-code/", changes.apply_code, name="apply_code"),
    path("orders/<int:order_id>/hold/", changes.hold, name="hold"),
    path("orders/<int:order_id>/release-hold/", changes.release_hold, name="release_hold"),
    path("orders/<int:order_id>/quantity/", changes.lower_quantity, name="lower_quantity"),
    path("orders/<int:order_id>/request-cancel/", changes.request_cancel, name="request_cancel"),
    path("orders/<int:order_id>/cancel/", changes.cancel, name="cancel"),
    path("orders/<int:order_id>/refuse-cancel/", changes.refuse_cancel, name="refuse_cancel"),
    path("orders/<int:order_id>/consent/", changes.consent, name="consent"),
    path("orders/<int:order_id>/override/", changes.override, name="override"),
    path("orders/<int:order_id>/withdraw-override/", changes.withdraw_override, name="withdraw_override"),
    path("orders/<int:order_id>/note/", changes.note, name="note"),
    path("orders/<int:order_id>/rules/", rules.of_order, name="rules_of_order"),
    path("orders/<int:order_id>/tag/", rules.add_tag, name="add_tag"),
    path("orders/<int:order_id>/untag/", rules.remove_tag, name="remove_tag"),
    path("settings/rules/", rules.rule_list, name="rule_list"),
    path("settings/rules/new/", rules.rule_new, name="rule_new"),
    path("settings/rules/draw/", rules.rule_draw, name="rule_draw"),
    path("settings/rules/<int:rule_id>/", rules.rule, name="rule"),
    path("settings/rules/<int:rule_id>/edit/", rules.rule_edit, name="rule_edit"),
    path("settings/rules/<int:rule_id>/try/", rules.rule_try, name="rule_try"),
    path("settings/rules/<int:rule_id>/switch/", rules.rule_switch, name="rule_switch"),
    path("settings/rules/<int:rule_id>/move/", rules.rule_move, name="rule_move"),
    path("settings/rules/<int:rule_id>/delete/", rules.rule_delete, name="rule_delete"),
    path("stock/<int:sku_id>/receive/", stock.receive_stock, name="receive_stock"),
    path("stock/<int:sku_id>/correct/", stock.correct_stock, name="correct_stock"),
]
