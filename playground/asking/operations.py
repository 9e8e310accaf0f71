"""An API whose addresses say how many runs an answer may take, as all other views do."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse
from django.urls import URLPattern, URLResolver
from ninja import NinjaAPI

from playground.asking.runs import runs

View = Callable[..., HttpResponse]


class Operations(NinjaAPI):
    """Ninja answers an address by a function of its own, which hides what `@runs` says of the operations behind it."""

    def around(self, view: View) -> View:
        """What stands around the view of each address, also around those that ninja adds by itself."""
        return view

    @property
    def urls(self) -> tuple[list[URLResolver | URLPattern], str, str]:
        patterns, app, namespace = super().urls
        said = self._said()
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                view = self.around(pattern.callback)
                # What ninja adds by itself leads elsewhere, and runs nothing.
                pattern.callback = runs(at_most=said.get(pattern.name or "", vars(view).get("runs", 0)))(view)
        return patterns, app, namespace

    def _said(self) -> dict[str, int]:
        """How many runs each operation says that it may take."""
        views = [
            one.view_func
            for _, router in self._routers
            for path in router.path_operations.values()
            for one in path.operations
        ]
        return {view.__name__: vars(view)["runs"] for view in views}
