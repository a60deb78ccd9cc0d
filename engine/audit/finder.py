"""The registry of what the audit looks for."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.audit.finding import Finding, Kind
from engine.registry import Info, Registry

if TYPE_CHECKING:
    from engine.audit.material import Material


@dataclass(frozen=True)
class Finder:
    """Looks for one sort of trouble. `find` may be slow; it calls `material.control.check` where it may stop."""

    info: Info
    kinds: tuple[Kind, ...]
    find: "Callable[[Material], Iterable[Finding]]"


finders: Registry[Finder] = Registry("finder", "engine.audit.finders")
