"""A mypy plugin: nobody adds to or subtracts from a datetime but `cowork_cli/domain/zones.py`.

Python does that sum on the wall: two datetimes of one zone are subtracted without looking at their
offsets, so that a night over a clock change is an hour too long or too short. mypy knows the types,
so it finds each such sum, whatever the variables are called. `zones.elapsed` and `zones.plus` are
the way (`pyproject.toml` switches this on; `tests/meta/test_instants.py` shows that it bites).
"""

from collections.abc import Callable

from mypy.plugin import MethodContext, Plugin
from mypy.types import Type

HOME = ("cowork_cli/domain/zones.py", "cowork_cli\\domain\\zones.py")
SUMS = ("__add__", "__radd__", "__sub__", "__rsub__")
MESSAGE = "A sum on the wall clock: use zones.elapsed(a, b) or zones.plus(instant, length)"


class InstantsPlugin(Plugin):
    """Refuses sums on datetimes."""

    def get_method_hook(self, fullname: str) -> Callable[[MethodContext], Type] | None:
        """The check for `datetime ± …`, also where the type is a subclass of it."""
        owner, _, method = fullname.rpartition(".")
        return _refused if owner == "datetime.datetime" and method in SUMS else None


def _refused(context: MethodContext) -> Type:
    if not context.api.path.endswith(HOME):  # type: ignore[attr-defined]
        context.api.fail(MESSAGE, context.context)
    return context.default_return_type


def plugin(version: str) -> type[Plugin]:
    """What mypy asks for."""
    return InstantsPlugin
