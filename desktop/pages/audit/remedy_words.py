"""What the buttons of remedies say."""

from engine.audit.finding import Finding, counted
from engine.audit.remedy import ExcludeScans, GroupPatients, MergeClasses, Remedy, RepairPictures

ICONS: dict[type[Remedy], str] = {
    ExcludeScans: "exclude",
    MergeClasses: "link",
    RepairPictures: "check",
    GroupPatients: "cohort",
}


def words_of(remedy: Remedy) -> str:
    """What the button says."""
    match remedy:
        case ExcludeScans():
            return f"{remedy.label} {counted(len(remedy.scans), 'scan')}"
        case MergeClasses():
            return f"Merge into {remedy.into}"
        case RepairPictures():
            return f"Repair {counted(len(remedy.scans), 'copy')}"
        case GroupPatients():
            several = remedy.likely and len(remedy.groups) != 1
            return f"Accept {counted(len(remedy.groups), 'patient')}" if several else "Make them one patient"


def tip_of(remedy: Remedy) -> str:
    """What it does, in a sentence."""
    match remedy:
        case ExcludeScans():
            return f"Keep them out of every run; the reason given is: {remedy.because}"
        case MergeClasses():
            gone = " and ".join(f"'{name}'" for name in remedy.classes if name != remedy.into)
            return f"Call {gone} '{remedy.into}' in '{remedy.column}'"
        case RepairPictures():
            return "Write what is left into the workspace, missing rows black, and use that; yours stay as they are"
        case GroupPatients():
            return "Have their scans lie in one part of every division"


def alike(finding: Finding, findings: list[Finding]) -> list[Remedy]:
    """The first remedies of all findings of a kind and severity that have one of the same sort."""
    sort = type(finding.remedy)
    found = (one.remedy for one in findings if (one.kind, one.severity) == (finding.kind, finding.severity))
    return [remedy for remedy in found if remedy is not None and type(remedy) is sort]
