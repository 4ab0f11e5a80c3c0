"""`{% load akinai %}`: icons, yen, states, times, fields and the small parts of the kit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import template
from django.contrib.messages import get_messages
from django.forms import BoundField
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from akinai.foundation.core import clock
from akinai.foundation.ui import fields, html, registry
from akinai.foundation.ui.frame import Frame
from akinai.foundation.ui.tables import Table
from akinai.foundation.ui.toasts import Toast, as_toast
from akinai.foundation.ui.types import JobProgress, ResultRow

register = template.Library()


@register.simple_tag
def icon(name: str, large: bool = False, label: str = "") -> SafeString:
    """`{% icon "truck" %}`; with label= it speaks, without it is decoration."""
    return html.icon(name, large=large, label=label)


@register.filter
def yen(amount: int | None) -> SafeString:
    """`{{ order.total|yen }}` → 1,234円."""
    return html.yen(amount)


@register.simple_tag
def status(key: str, label: object = "", icon: str = "", plain: bool = False) -> SafeString:
    """`{% status order.queue %}` or `{% status "warn" label=_("2 left") icon="packages" %}`."""
    return html.status(key, label, icon_name=icon, plain=plain)


@register.simple_tag
def relative_time(at: dt.datetime | None) -> SafeString:
    """`{% relative_time order.placed_at %}` → 38分前, the exact time on hover."""
    return html.relative_time(at)


@register.simple_tag
def key(*keys: str) -> SafeString:
    """`{% key "j" "k" %}` → keys as drawn on a keyboard."""
    return format_html_join(" ", "<kbd>{}</kbd>", ((k,) for k in keys))


@register.filter
def day(at: dt.date | dt.datetime | None) -> str:
    """`{{ d|day }}` → 11/24(火)."""
    return html.day(at)


@register.filter
def postcode(code: str) -> str:
    """`{{ order.ship_postcode|postcode }}` → 426-0019."""
    return html.postcode(code)


@register.filter
def hour(at: dt.datetime | dt.time | None) -> str:
    """`{{ t|hour }}` → 9:50."""
    return html.hour(at)


@register.filter
def day_hour(at: dt.datetime | None) -> str:
    """`{{ t|day_hour }}` → 11/24(火) 9:50."""
    return html.day_hour(at)


@register.filter
def duration(length: dt.timedelta) -> str:
    """`{{ rest|duration }}` → 2時間10分."""
    return html.duration(length)


@register.filter
def count(number: int) -> str:
    """`{{ n|count }}` → 1,234."""
    return f"{number:,}".replace("-", "−")


@register.filter
def person(label: str, key: str) -> str:
    """`{{ note.by_label|person:note.by }}`: who did it; what no person did is automatic."""
    return html.person(key, label)


@register.filter
def initial(name: str) -> str:
    """The letter in the round mark of a person."""
    return html.initial(name)


@register.simple_tag
def field(
    bound: BoundField, width: str = "", suffix: object = "", label: object = "", placeholder: str = "", **attrs: str
) -> SafeString:
    """`{% field form.price width="s" suffix="円" %}`: label, input, help and error as one part."""
    return fields.draw(bound, width=width, suffix=suffix, label=label, placeholder=placeholder, attrs=attrs)


@register.simple_tag
def form_errors(form: Any) -> SafeString:
    """What is wrong with the form as a whole (not with one field)."""
    errors = form.non_field_errors()
    if not errors:
        return SafeString("")
    lines = format_html_join("", "<p>{}</p>", ((e,) for e in errors))
    return format_html('<div class="ak-say stop" role="alert">{}<div>{}</div></div>', html.icon("alert-octagon"), lines)


@register.simple_tag(takes_context=True)
def frame(context: template.Context) -> Frame:
    """`{% frame as ui %}`: the rail, the bar and who is here; once a page."""
    return Frame(context["request"])


@register.simple_tag(takes_context=True)
def page_links(context: template.Context, page: str) -> SafeString:
    """`{% page_links "orders" %}`: buttons that other apps add to this page's heading."""
    found = [link for link in registry.page_links.for_actor(context["request"].actor) if link.page == page]
    drawn = ((reverse(link.url_name), html.icon(link.icon), link.label) for link in found)
    return format_html_join(" ", '<a class="btn" href="{}">{}{}</a>', drawn)


@register.simple_tag
def now_jst() -> dt.datetime:
    """`{% now_jst as now %}`: the clock of the house."""
    return clock.now()


@register.simple_tag(takes_context=True)
def toasts(context: template.Context) -> list[Toast]:
    """`{% toasts as waiting %}`: what is to be said on this page."""
    request: HttpRequest | None = context.get("request")
    return [as_toast(m) for m in get_messages(request)] if request is not None else []


@register.inclusion_tag("ui/parts/empty_state.html")
def empty_state(
    title: object, text: object = "", icon: str = "circle-check", url: str = "", label: object = ""
) -> dict[str, Any]:
    """Nothing here: say that it is good news or what to do, then the next thing."""
    return {"title": title, "text": text, "icon": icon, "url": url, "label": label}


@register.inclusion_tag("ui/parts/job.html")
def job_progress(job: JobProgress) -> dict[str, Any]:
    """`{% job_progress job %}`: the bar, counts, rest time, a way to stop; asks again every second until it ends."""
    return {"job": job}


@register.simple_tag
def job_live(job_id: int) -> SafeString:
    """`{% job_live job.pk %}`: fetches the bar of that job into the page; without scripts a link to its page."""
    return format_html(
        '<div hx-get="{0}" hx-trigger="load" hx-swap="outerHTML"><a href="{0}">{1}</a></div>',
        reverse(registry.job_progress_url, args=[job_id]),
        gettext("How far the work is"),
    )


@register.inclusion_tag("ui/parts/results.html")
def results(rows: Iterable[ResultRow]) -> dict[str, Any]:
    """What became of each thing in bulk work, each failure with its fix."""
    return {"rows": rows}


@register.inclusion_tag("ui/parts/drop.html")
def file_drop(bound: BoundField, title: object, text: object = "", button: object = "") -> dict[str, Any]:
    """A place to drop a file onto; the form it stands in sends it by itself when scripts run."""
    return {"field": bound, "title": title, "text": text, "button": button}


@register.inclusion_tag("ui/parts/pages.html", takes_context=True)
def pagination(context: template.Context, page: Any, target: str = "") -> dict[str, Any]:
    """Before and next for a Django page or a table page (anything with has_next, number and so on)."""
    request: HttpRequest = context["request"]
    return {
        "page": page,
        "target": target,
        "before": _page_query(request, page, -1),
        "after": _page_query(request, page, 1),
    }


def _page_query(request: HttpRequest, page: Any, step: int) -> str:
    """The query of the page `step` further, all else kept; "" if there is none."""
    if not (page.has_next() if step > 0 else page.has_previous()):
        return ""
    query = request.GET.copy()
    query["page"] = str(page.number + step)
    return "?" + query.urlencode()


@register.inclusion_tag("ui/parts/table.html", takes_context=True)
def table(context: template.Context, table: Table) -> dict[str, Any]:
    """`{% table table %}`: chips, rows, bulk bar and leafing of a list."""
    return {"table": table, "request": context["request"], "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("ui/parts/table_views.html", takes_context=True)
def table_views(context: template.Context, table: Table, oob: bool = False) -> dict[str, Any]:
    """`{% table_views table %}`: the saved views, which stand beside the page's heading."""
    return {"table": table, "oob": oob, "request": context["request"], "csrf_token": context.get("csrf_token")}
