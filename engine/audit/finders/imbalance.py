"""Classes that are much smaller than others, or too small to be judged."""

from collections import Counter
from collections.abc import Iterable, Iterator

from engine.audit.finder import Finder, finders
from engine.audit.finding import Finding, Severity, counted
from engine.audit.labelled import by_label
from engine.audit.material import Material
from engine.registry import Info

_NOTED, _WARNED = 3, 10
_FEW = 10
_ACTION = "Weight the classes in training, judge by balanced accuracy, and say the head counts in the paper."
_MORE = "Find more such patients, merge the class with another one, or leave it out."


def find(material: Material) -> Iterable[Finding]:
    """Head counts by patient."""
    for column in material.cohort.label_columns:
        heads = {label: len(who) for label, who in by_label(material.cohort, column).items()}
        yield from _of(column, Counter(heads))


def _of(column: str, heads: Counter[str]) -> Iterator[Finding]:
    if len(heads) < 2:
        return
    (largest, most), (smallest, fewest) = heads.most_common()[0], heads.most_common()[-1]
    if most >= _NOTED * fewest:
        severity: Severity = "warn" if most >= _WARNED * fewest else "note"
        reason = f"'{column}': '{largest}' has {counted(most, 'patient')}, '{smallest}' only {fewest}."
        yield Finding("imbalance", severity, reason, _ACTION)
    for name, count in heads.items():
        if count < _FEW:
            reason = f"'{column}': class '{name}' has {counted(count, 'patient')}; figures about it mean little."
            yield Finding("imbalance", "warn" if count < _FEW // 2 else "note", reason, _MORE)


finders.register(Finder(Info("imbalance", "Class balance", "Classes of very different size."), ("imbalance",), find))
