"""The shop's mail texts: list, editor with live preview on a real order, history, original."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from akinai.foundation.core.errors import AkinaiError, NotFound
from akinai.foundation.core.http import AkinaiRequest
from akinai.foundation.core.permissions import requires
from akinai.foundation.ui.responses import page_or_partial, wants_partial
from akinai.foundation.ui.toasts import toast
from akinai.shop.messaging import permissions, selectors, services
from akinai.shop.messaging.forms import ProbeForm, TemplateForm
from akinai.shop.messaging.kinds import MailKind, kinds
from akinai.shop.messaging.rendering import Part, one_line, problems_of
from akinai.shop.messaging.rendering import render as fill
from akinai.shop.messaging.services import BadTemplate
from akinai.shop.messaging.texts import TemplateText, house_text, template_warnings, text_of, warnings_of
from akinai.shop.stores import selectors as stores
from akinai.shop.stores.fields import carried_out
from akinai.shop.stores.models import Store


@require_GET
@requires(permissions.VIEW)
def template_list(request: AkinaiRequest) -> HttpResponse:
    """Every kind of mail with the texts that hold for it."""
    own = selectors.own_texts()
    rows = []
    for kind in kinds:
        texts = own.get(kind.key, [])
        shop = next((t for t in texts if t.store_id is None), None)
        rows.append({"kind": kind, "shop": shop, "subject": shop.subject if shop else kind.subject,
                     "stores": [t for t in texts if t.store_id is not None]})  # fmt: skip
    context = {"rows": rows, "may_edit": request.actor.may(permissions.TEMPLATES)}
    return render(request, "messaging/template_list.html", context)


@require_http_methods(["GET", "POST"])
@requires(permissions.TEMPLATES)
def template_edit(request: AkinaiRequest, kind: str) -> HttpResponse:
    """Change a text; an unknown variable is refused at its field, with what was typed kept (R23)."""
    known, store = kinds.get(kind), _store(request)
    text = _text(known, store)
    form = TemplateForm(request.POST or None, initial=_initial(text, store))
    if request.method == "POST" and "probe" in request.POST:
        _probe(request, known, store)
    elif request.method == "POST" and "look" not in request.POST:
        if _saved(request, known, store, form):
            toast(request, _("The text holds from the next mail on."))
            return redirect(_url(known, store))
        return _page(request, known, store, form, status=422)
    return _page(request, known, store, form)


def _probe(request: AkinaiRequest, kind: MailKind, store: Store | None) -> None:
    """Send the preview to oneself, with what is missing left visible."""
    made = preview_of(kind, store, request.POST)
    if not made.name or made.problems:
        toast(request, " ".join(made.problems) or _("There is nothing to send yet."), tone="warn")
        return
    to = request.POST.get("probe_to", "").strip() or stores.snapshot().shop.mail
    subject, body = ("".join(part.text for part in parts) for parts in (made.subject, made.body))
    try:
        services.send_probe(request.actor, to=to, subject=subject, body=body, store_id=store.pk if store else None)
    except AkinaiError as error:
        toast(request, str(error), tone="warn")
    else:
        toast(request, _("The test is on its way to %(to)s.") % {"to": to})


def _saved(request: AkinaiRequest, kind: MailKind, store: Store | None, form: TemplateForm) -> bool:
    if not form.is_valid():
        return False
    typed = form.cleaned_data
    try:
        return carried_out(
            form,
            lambda: services.save_template(
                request.actor, kind=kind.key, subject=typed["subject"], body=typed["body"],
                store_id=store.pk if store else None, seen_version=typed["version"],
            ),
        )  # fmt: skip
    finally:
        _spread(kind, form)


def _spread(kind: MailKind, form: TemplateForm) -> None:
    """Faults of the template stand at the field they are in, not above the form."""
    found = {name: problems_of(form.cleaned_data.get(name, ""), kind.variables) for name in ("subject", "body")}
    if not any(found.values()) or not form.errors:
        return
    form.errors.pop("__all__", None)
    for name, problems in found.items():
        for sentence in problems:
            form.add_error(name, sentence)


@require_POST
@requires(permissions.TEMPLATES)
def template_preview(request: AkinaiRequest, kind: str) -> HttpResponse:
    """What is typed now, filled with a real order; missing values stand out (MAIL-2)."""
    known, store = kinds.get(kind), _store(request)
    if not wants_partial(request):
        return redirect(_url(known, store))
    context = {"preview": preview_of(known, store, request.POST), "kind": known, "store": store}
    return page_or_partial(request, "messaging/template_edit.html", context, partial="preview")


@require_POST
@requires(permissions.TEMPLATES)
def template_restore(request: AkinaiRequest, kind: str) -> HttpResponse:
    """Back to the text the house came with (for a store: to the shop's)."""
    known, store = kinds.get(kind), _store(request)
    services.restore_default(request.actor, kind=known.key, store_id=store.pk if store else None)
    toast(request, _("The original text holds again. Yours is kept in the history."))
    return redirect(_url(known, store))


@dataclass(frozen=True, slots=True)
class Preview:
    """A template filled with a real order, or the sentence why that is not possible."""

    name: str = ""
    subject: tuple[Part, ...] = ()
    body: tuple[Part, ...] = ()
    missing: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def preview_of(kind: MailKind, store: Store | None, typed: Any) -> Preview:
    """The typed subject and text on the order named in `reference`, or on the latest."""
    subject, body = str(typed.get("subject", ""))[:300], str(typed.get("body", ""))[:100_000]
    problems = tuple(problems_of(subject, kind.variables) + problems_of(body, kind.variables))
    try:
        sample = kind.sample(str(typed.get("reference", ""))[:60], store.pk if store else None)
    except NotFound as error:
        return Preview(problems=(*problems, str(error)))
    flat = {name: one_line(v) if isinstance(v, str) else v for name, v in sample.values.items()}
    head, text = fill(subject, flat), fill(body, sample.values)
    labels = tuple(str(kind.variables[n].label) if n in kind.variables else n for n in head.missing + text.missing)
    warnings = tuple(dict.fromkeys(template_warnings(kind, subject, body) + warnings_of(head.text)))
    return Preview(sample.name, head.parts, text.parts, tuple(dict.fromkeys(labels)), problems, warnings)


def _store(request: AkinaiRequest) -> Store | None:
    """The store whose own text is meant; None for the text of all stores."""
    wanted = request.POST.get("store") or request.GET.get("store") or ""
    if not wanted:
        return None
    found = next((s for s in stores.all_stores() if str(s.pk) == wanted), None)
    if found is None:
        raise NotFound(_("There is no such store."))
    return found


def _text(kind: MailKind, store: Store | None) -> TemplateText:
    return text_of(kind.key, store.pk if store else None)


def _initial(text: TemplateText, store: Store | None) -> dict[str, Any]:
    mine = text.store_id == (store.pk if store else None)
    return {"subject": text.subject, "body": text.body, "version": text.version if mine else 0}


def _url(kind: MailKind, store: Store | None) -> str:
    url = reverse("messaging:template_edit", args=[kind.key])
    return f"{url}?store={store.pk}" if store else url


def _page(
    request: AkinaiRequest, kind: MailKind, store: Store | None, form: TemplateForm, status: int = 200
) -> HttpResponse:
    store_id = store.pk if store else None
    text = _text(kind, store)
    typed = {name: form[name].value() or "" for name in ("subject", "body", "reference")}
    context = {
        "kind": kind, "store": store, "form": form, "preview": preview_of(kind, store, typed),
        "stores": stores.active_stores(), "history": list(selectors.history(kind.key, store_id)[:20]),
        "is_own": text.version > 0 and text.store_id == store_id, "text": text, "house": house_text(kind),
        "probe": ProbeForm(initial={"probe_to": stores.snapshot().shop.mail}),
        "variables": list(kind.variables.values()),
    }  # fmt: skip
    return render(request, "messaging/template_edit.html", context, status=status)


__all__ = ["BadTemplate", "preview_of", "template_edit", "template_list", "template_preview", "template_restore"]
