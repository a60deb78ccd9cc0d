"""Classes that are much smaller than others, or too small to be judged."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from engine.audit.finder import Finder, finders
from engine.audit.finding import Finding, Severity, counted
from engine.audit.labelled import by_label, class_columns, head
from engine.audit.material import Material
from engine.cohort.columns import natural
from engine.registry import Info

_NOTED, _WARNED = 3, 10
_FEW, _MOST_TOLD = 10, 4
_ACTION = "Weight the classes in training, judge by balanced accuracy, and say the head counts in the paper."
_MORE = "Find more such patients, merge the class with another one, or leave it out."


def find(material: Material) -> Iterable[Finding]:
    """Head counts by patient."""
    for column in class_columns(material.cohort):
        heads = {label: len(who) for label, who in by_label(material.cohort, column).items()}
        yield from _of(column, Counter(heads), head(material.cohort))


def _of(column: str, heads: Counter[str], noun: str) -> Iterator[Finding]:
    if len(heads) < 2:
        return
    (largest, most), (smallest, fewest) = heads.most_common()[0], heads.most_common()[-1]
    if most >= _NOTED * fewest:
        severity: Severity = "warn" if most >= _WARNED * fewest else "note"
        reason = f"'{column}': '{largest}' has {counted(most, noun)}, '{smallest}' only {fewest}."
        yield Finding("imbalance", severity, reason, _ACTION)
    yield from _small(column, {name: count for name, count in heads.items() if count < _FEW}, noun)


def _small(column: str, heads: Mapping[str, int], noun: str) -> Iterator[Finding]:
    """A finding for each small class, or one for all where they are many."""
    severity: Severity = "warn" if min(heads.values(), default=_FEW) < _FEW // 2 else "note"
    if len(heads) > _MOST_TOLD:
        smallest = sorted(heads, key=lambda name: (heads[name], natural(name)))[:_MOST_TOLD]
        named = ", ".join(f"'{name}' ({heads[name]})" for name in smallest)
        reason = f"'{column}': {counted(len(heads), 'class')} have fewer than {_FEW} {noun}s each: {named} and others."
        yield Finding("imbalance", severity, f"{reason} Figures about them mean little.", _MORE)
        return
    for name, count in heads.items():
        reason = f"'{column}': class '{name}' has {counted(count, noun)}; figures about it mean little."
        yield Finding("imbalance", "warn" if count < _FEW // 2 else "note", reason, _MORE)


finders.register(Finder(Info("imbalance", "Class balance", "Classes of very different size."), ("imbalance",), find))
