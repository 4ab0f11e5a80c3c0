"""設定 › ルール: the shop's own rules, and the tags and rule log of one order."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from akinai.backoffice.orders import permissions
from akinai.backoffice.orders.page import Said
from akinai.backoffice.orders.rules import selectors, services
from akinai.backoffice.orders.rules.editor import Editor
from akinai.backoffice.orders.rules.models import Rule
from akinai.backoffice.orders.rules.recipes import RECIPES
from akinai.backoffice.orders.rules.sentences import rule_sentence
from akinai.backoffice.orders.rules.spec import unpack
from akinai.backoffice.orders.rules.states import RULE_LOOK
from akinai.foundation.core.errors import AkinaiError, NotFound, Refused
from akinai.foundation.core.http import AkinaiRequest
from akinai.foundation.core.permissions import requires
from akinai.foundation.ui.responses import safe_next
from akinai.foundation.ui.toasts import toast


@require_GET
@requires(permissions.RULES)
def rule_list(request: AkinaiRequest) -> HttpResponse:
    """Every rule in its order, and rules to start from."""
    rows = selectors.rule_rows()
    return render(request, "orders/rules/list.html", {"rows": rows, "recipes": RECIPES.values()})


@require_http_methods(["GET", "POST"])
@requires(permissions.RULES)
def rule_new(request: AkinaiRequest) -> HttpResponse:
    """Write a rule, from scratch or from a ready one (`?from=`)."""
    if request.method == "POST":
        return _saved(request, None)
    recipe = RECIPES.get(request.GET.get("from", ""))
    editor = Editor.of(str(recipe.name), recipe.spec) if recipe else Editor()
    return render(request, "orders/rules/edit.html", _form(editor, None))


@require_http_methods(["GET", "POST"])
@requires(permissions.RULES)
def rule_edit(request: AkinaiRequest, rule_id: int) -> HttpResponse:
    """Change a rule."""
    rule = services.rule_by_id(rule_id)
    if request.method == "POST":
        return _saved(request, rule)
    editor = Editor.of(rule.name, unpack(rule.spec), rule.edition)
    return render(request, "orders/rules/edit.html", _form(editor, rule))


@require_POST
@requires(permissions.RULES)
def rule_draw(request: AkinaiRequest) -> HttpResponse:
    """The form in another shape: a row more or less, another field; nothing is saved."""
    editor = Editor.sent(request.POST)
    editor.reshape(request.POST.get("do", ""))
    number = request.POST.get("rule", "")
    rule = services.rule_by_id(int(number)) if number.isascii() and number.isdigit() and len(number) < 19 else None
    name = "orders/rules/form.html" if request.htmx else "orders/rules/edit.html"
    return render(request, name, _form(editor, rule))


def _form(editor: Editor, rule: Rule | None, said: Said | None = None) -> dict[str, Any]:
    own = reverse("orders:rule_edit", args=[rule.pk]) if rule else reverse("orders:rule_new")
    return {"editor": editor, "rule": rule, "action": own, "said": said}


def _saved(request: AkinaiRequest, rule: Rule | None) -> HttpResponse:
    """Keep what was sent, or show it again with what is wrong (422, 409 if somebody was faster)."""
    editor = Editor.sent(request.POST)
    spec = editor.read()
    if spec is None:
        return render(request, "orders/rules/edit.html", _form(editor, rule), status=422)
    try:
        if rule is None:
            rule = services.create_rule(request.actor, name=editor.name, spec=spec)
        else:
            rule = services.change_rule(
                request.actor, rule_id=rule.pk, name=editor.name, spec=spec, seen_edition=editor.edition
            )
    except AkinaiError as error:
        if rule is not None:
            editor.edition = services.rule_by_id(rule.pk).edition
        said = _said(error)
        return render(request, "orders/rules/edit.html", _form(editor, rule, said), status=error.status)
    toast(request, _("The rule is kept."))
    return redirect("orders:rule", rule.pk)


def _said(error: AkinaiError) -> Said:
    reasons = error.reasons if isinstance(error, Refused) else [error.sentence]
    return Said(_("This was not done"), [str(reason) for reason in reasons])


@require_GET
@requires(permissions.RULES)
def rule(request: AkinaiRequest, rule_id: int) -> HttpResponse:
    """One rule: what it says, its trial, its log, and what it may be switched to."""
    return _page(request, rule_id)


def _page(request: AkinaiRequest, rule_id: int, *, said: Said | None = None, status: int = 200) -> HttpResponse:
    found = services.rule_by_id(rule_id)
    trial = selectors.trial_of(found)
    icon, tone = RULE_LOOK[found.state]
    is_tried = trial is not None and trial.is_done
    switches = [(state, selectors.state_label(state)) for state in selectors.next_states(found, is_tried=is_tried)]
    log = selectors.log_of(rule_id)
    context = {
        "rule": found, "sentence": rule_sentence(unpack(found.spec)), "icon": icon, "tone": tone, "trial": trial,
        "switches": switches, "log": log, "said": said, "may_delete": found.state == "draft" and not log,
    }  # fmt: skip
    return render(request, "orders/rules/rule.html", context, status=status)


@require_POST
@requires(permissions.RULES)
def rule_try(request: AkinaiRequest, rule_id: int) -> HttpResponse:
    """Try the rule on the last 30 days; the page of the job leads back here."""
    try:
        trial = services.try_rule(request.actor, rule_id=rule_id)
    except Refused as error:
        return _page(request, rule_id, said=_said(error), status=error.status)
    return redirect("jobs:progress", trial.job_id)


@require_POST
@requires(permissions.RULES)
def rule_switch(request: AkinaiRequest, rule_id: int) -> HttpResponse:
    """Let the rule watch, act or rest."""
    edition = request.POST.get("edition", "")
    try:
        rule = services.switch_rule(
            request.actor, rule_id=rule_id, to=request.POST.get("to", ""),
            seen_edition=int(edition) if edition.isascii() and edition.isdigit() and len(edition) < 9 else 0,
        )  # fmt: skip
    except NotFound:
        raise
    except AkinaiError as error:
        return _page(request, rule_id, said=_said(error), status=error.status)
    toast(request, _("The rule is now: %(state)s.") % {"state": rule.get_state_display()})
    return redirect("orders:rule", rule_id)


@require_POST
@requires(permissions.RULES)
def rule_move(request: AkinaiRequest, rule_id: int) -> HttpResponse:
    """One place up or down."""
    services.move_rule(request.actor, rule_id=rule_id, up=request.POST.get("up") == "1")
    return redirect("orders:rule_list")


@require_POST
@requires(permissions.RULES)
def rule_delete(request: AkinaiRequest, rule_id: int) -> HttpResponse:
    """Throw a draft away."""
    try:
        services.delete_rule(request.actor, rule_id=rule_id)
    except Refused as error:
        return _page(request, rule_id, said=_said(error), status=error.status)
    toast(request, _("The rule is gone."))
    return redirect("orders:rule_list")


@require_GET
@requires(permissions.VIEW)
def of_order(request: AkinaiRequest, order_id: int) -> HttpResponse:
    """What rules did to an order and why, and its tags; a panel of the order page."""
    return _panel(request, order_id)


def _panel(
    request: AkinaiRequest, order_id: int, *, error: str = "", typed: str = "", status: int = 200
) -> HttpResponse:
    order = services.order_by_id(order_id)
    context = {
        "order": order, "tags": order.tags.all(), "log": selectors.log_on(order_id), "error": error, "typed": typed,
        "names": selectors.tag_names(), "may_work": request.actor.may(permissions.WORK),
        "may_write": request.actor.may(permissions.RULES), "next": reverse("orders:order", args=[order_id]),
    }  # fmt: skip
    name = "orders/rules/panel.html" if request.htmx or request.method == "GET" else "orders/rules/panel_page.html"
    return render(request, name, context, status=status)


@require_POST
@requires(permissions.WORK)
def add_tag(request: AkinaiRequest, order_id: int) -> HttpResponse:
    """Put a tag on an order."""
    typed = request.POST.get("name", "")[:200].replace("\x00", "")
    try:
        services.add_tag(request.actor, order_id=order_id, name=typed)
    except NotFound:
        raise
    except AkinaiError as error:
        return _panel(request, order_id, error=str(error.sentence), typed=typed, status=error.status)
    return _after(request, order_id)


@require_POST
@requires(permissions.WORK)
def remove_tag(request: AkinaiRequest, order_id: int) -> HttpResponse:
    """Take a tag off an order."""
    services.remove_tag(request.actor, order_id=order_id, name=request.POST.get("name", "")[:200])
    return _after(request, order_id)


def _after(request: AkinaiRequest, order_id: int) -> HttpResponse:
    if request.htmx:
        return _panel(request, order_id)
    return redirect(safe_next(request, reverse("orders:order", args=[order_id])))
