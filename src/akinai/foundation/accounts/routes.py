"""Reading what a route says about who it is for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from ninja.operation import Operation, PathView

API_PREFIX = "/api/"


class Untagged:
    """A view that says nothing about who it is for."""


def is_api(request: HttpRequest) -> bool:
    """True for what programs call: answers are JSON, tokens are accepted."""
    return request.path.startswith(API_PREFIX)


def operation_of(view: Callable[..., Any], method: str) -> Operation | None:
    """The API operation behind a view for a method, or None."""
    path_view: PathView | None = getattr(view, "akinai_path_view", None)
    operations = path_view.operations if path_view else []
    return next((op for op in operations if method in op.methods), None)


def permission_of(view: Callable[..., Any], method: str) -> str | Untagged | None:
    """A permission name; "" for every member of staff; None for everybody; `Untagged` if the view says nothing.

    An API path asked with a method it lacks counts as public: the answer is 405 and runs nothing.
    """
    if hasattr(view, "akinai_path_view"):
        operation = operation_of(view, method)
        if operation is None:
            return None
        view = operation.view_func
    tag: str | Untagged | None = getattr(view, "akinai_permission", Untagged())
    return tag
