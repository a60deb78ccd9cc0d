"""A pytest plug-in that makes Qt and the window unimportable: `-p tests.helpers.no_qt`."""

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType

FORBIDDEN = frozenset({"PySide6", "shiboken6", "pyqtgraph", "desktop"})


class NoQt(MetaPathFinder):
    """Refuses the forbidden packages and everything in them."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname.partition(".")[0] in FORBIDDEN:
            raise ModuleNotFoundError(
                f"{fullname} was imported where the engine has to do without a screen", name=fullname
            )
        return None


sys.meta_path.insert(0, NoQt())
