"""The shop's mail texts: list, editor with live preview on a real order, history, original."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from akinai.foundation.accounts.models import Language
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
from akinai.shop.messaging.texts import LANGUAGE, TemplateText, template_warnings, text_of, warnings_of
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
        shop = next((t for t in texts if t.store_id is None and t.language == LANGUAGE), None)
        rows.append({"kind": kind, "shop": shop, "subject": shop.subject if shop else kind.subject,
                     "others": [t for t in texts if t is not shop]})  # fmt: skip
    context = {"rows": rows, "may_edit": request.actor.may(permissions.TEMPLATES)}
    return render(request, "messaging/template_list.html", context)


@require_http_methods(["GET", "POST"])
@requires(permissions.TEMPLATES)
def template_edit(request: AkinaiRequest, kind: str) -> HttpResponse:
    """Change a text; an unknown variable is refused at its field, with what was typed kept (R23)."""
    which = _which(request, kind)
    form = TemplateForm(request.POST or None, initial=which.initial())
    if request.method == "POST" and "probe" in request.POST:
        _probe(request, which)
    elif request.method == "POST" and "look" not in request.POST:
        if _saved(request, which, form):
            toast(request, _("The text holds from the next mail on."))
            return redirect(which.url)
        return _page(request, which, form, status=422)
    return _page(request, which, form)


def _probe(request: AkinaiRequest, which: Which) -> None:
    """Send the preview to oneself, with what is missing left visible."""
    made = preview_of(which, request.POST)
    if not made.name or made.problems:
        toast(request, " ".join(made.problems) or _("There is nothing to send yet."), tone="warn")
        return
    to = request.POST.get("probe_to", "").strip() or stores.snapshot().shop.mail
    subject, body = ("".join(part.text for part in parts) for parts in (made.subject, made.body))
    try:
        services.send_probe(request.actor, to=to, subject=subject, body=body, store_id=which.store_id)
    except AkinaiError as error:
        toast(request, str(error), tone="warn")
    else:
        toast(request, _("The test is on its way to %(to)s.") % {"to": to})


def _saved(request: AkinaiRequest, which: Which, form: TemplateForm) -> bool:
    if not form.is_valid():
        return False
    typed = form.cleaned_data
    try:
        return carried_out(
            form,
            lambda: services.save_template(
                request.actor, kind=which.kind.key, subject=typed["subject"], body=typed["body"],
                store_id=which.store_id, language=which.language, seen_version=typed["version"],
            ),
        )  # fmt: skip
    finally:
        _spread(which.kind, form)


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
    which = _which(request, kind)
    if not wants_partial(request):
        return redirect(which.url)
    context = {"preview": preview_of(which, request.POST), "which": which, "kind": which.kind, "store": which.store}
    return page_or_partial(request, "messaging/template_edit.html", context, partial="preview")


@require_POST
@requires(permissions.TEMPLATES)
def template_restore(request: AkinaiRequest, kind: str) -> HttpResponse:
    """Back to the text the house came with (for a store: to the shop's)."""
    which = _which(request, kind)
    services.restore_default(request.actor, kind=which.kind.key, store_id=which.store_id, language=which.language)
    toast(request, _("The original text holds again. Yours is kept in the history."))
    return redirect(which.url)


@dataclass(frozen=True, slots=True)
class Which:
    """The text that is meant: of a kind of mail, for one store or for all, in one language (MAIL-12)."""

    kind: MailKind
    store: Store | None
    language: str

    @property
    def store_id(self) -> int | None:
        """The key of the store; None for all stores."""
        return self.store.pk if self.store else None

    @property
    def url(self) -> str:
        """Its page."""
        named = {"store": self.store_id, "language": self.language if self.language != LANGUAGE else None}
        asked = urlencode({name: value for name, value in named.items() if value})
        url = reverse("messaging:template_edit", args=[self.kind.key])
        return f"{url}?{asked}" if asked else url

    @property
    def language_name(self) -> str:
        """The language in the reader's words."""
        return str(Language(self.language).label)

    def text(self) -> TemplateText:
        """What holds now."""
        return text_of(self.kind.key, self.store_id, self.language)

    def initial(self) -> dict[str, Any]:
        """What the form begins with; version 0 where the text is somebody else's."""
        text = self.text()
        mine = text.store_id == self.store_id
        return {"subject": text.subject, "body": text.body, "version": text.version if mine else 0}


@dataclass(frozen=True, slots=True)
class Preview:
    """A template filled with a real order, or the sentence why that is not possible."""

    name: str = ""
    subject: tuple[Part, ...] = ()
    body: tuple[Part, ...] = ()
    missing: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def preview_of(which: Which, typed: Any) -> Preview:
    """The typed subject and text on the order named in `reference`, or on the latest."""
    kind = which.kind
    subject, body = str(typed.get("subject", ""))[:300], str(typed.get("body", ""))[:100_000]
    problems = tuple(problems_of(subject, kind.variables) + problems_of(body, kind.variables))
    try:
        sample = kind.sample(str(typed.get("reference", ""))[:60], which.store_id, which.language)
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


def _which(request: AkinaiRequest, kind: str) -> Which:
    """The text a request means; NotFound for a kind, store or language that is none."""
    known = kinds.get(kind)
    language = request.POST.get("language") or request.GET.get("language") or LANGUAGE
    if language not in known.languages:
        raise NotFound(_("Mails of this kind are not written in this language."))
    return Which(known, _store(request), language)


def _tabs(which: Which) -> tuple[list[Which], list[Which]]:
    """The same text for the other stores, and in the other languages."""
    stores_of = [Which(which.kind, store, which.language) for store in (None, *stores.active_stores())]
    return stores_of, [Which(which.kind, which.store, language) for language in which.kind.languages]


def _page(request: AkinaiRequest, which: Which, form: TemplateForm, status: int = 200) -> HttpResponse:
    kind, text = which.kind, which.text()
    typed = {name: form[name].value() or "" for name in ("subject", "body", "reference")}
    for_stores, in_languages = _tabs(which)
    context = {
        "kind": kind, "store": which.store, "which": which, "form": form, "preview": preview_of(which, typed),
        "for_stores": for_stores, "in_languages": in_languages,
        "history": list(selectors.history(kind.key, which.store_id, which.language)[:20]),
        "is_own": text.version > 0 and text.store_id == which.store_id, "text": text,
        "probe": ProbeForm(initial={"probe_to": stores.snapshot().shop.mail}),
        "variables": list(kind.variables.values()),
    }  # fmt: skip
    return render(request, "messaging/template_edit.html", context, status=status)
