"""What a report says of repeats and of the test vault."""

from engine.cohort.dividing.vault import Opening, vault_words
from engine.report.data import ReportData


def repeat_sentences(data: ReportData) -> list[str]:
    """How much chance in dividing did, per target; nothing where the division was not repeated."""
    said = []
    for target, figures in data.repeats.items():
        told = figures.get("balanced_accuracy")
        if told is None:
            continue
        found = [100 * value for value in told["values"]]
        of = f" of {target}" if len(data.repeats) > 1 else ""
        said.append(
            f"Each of the {data.unit} was scored once, by the mean of its probabilities over {len(found)} repeats; "
            f"over single repeats balanced accuracy{of} was {sum(found) / len(found):.0f} % on average (standard "
            f"deviation {100 * told['sd']:.1f} points, {min(found):.0f} to {max(found):.0f} %)."
        )
    return said


def vault_sentences(data: ReportData) -> list[str]:
    """How often the test vault was opened, and why; nothing where there is none."""
    opened = [Opening(one["made"], "", one["reason"], one.get("run", "")) for one in data.vault.get("openings", ())]
    said = vault_words(int(data.vault.get("patients", 0)), opened, int(data.vault.get("in_runs", 0)))
    if not said:
        return []
    reasons = "; ".join(f"{one.made[:10]}: {one.reason}" for one in opened)
    inside = int(data.vault.get("in_run", 0))
    told = (
        f"{inside} of its patients took part in this run, which began before they were set aside: the vault is no test "
        "of its models."
        if inside
        else "None of its patients was in this division."
    )
    return [f"{said} {told}{f' Openings: {reasons}.' if reasons else ''}"]
