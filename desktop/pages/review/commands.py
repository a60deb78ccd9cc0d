"""The commands of the review page; each names a method of it."""

from desktop.actions import ActionInfo

COMMANDS = (
    ActionInfo("review.accept", "Accept", "A", "check", "Give the patient the suggested label", "accept"),
    ActionInfo("review.reject", "Reject", "R", "close", "Leave the patient without a label", "reject"),
    ActionInfo("review.skip", "Skip", "S", "chevron-right", "Decide later: it comes again at the end", "skip"),
    ActionInfo("review.back", "Take the last decision back", "Backspace", "undo",
               "Take back what was decided last", "take_back"),
    ActionInfo("review.next", "Next suggestion", "Down", "chevron-down", "Look at the next one", "go_next"),
    ActionInfo("review.previous", "Suggestion before", "Up", "chevron-up", "Look at the one before", "go_previous"),
    ActionInfo("review.next_scan", "Next scan of the patient", "Right", "chevron-right",
               "Look at another scan of the patient", "next_scan"),
    ActionInfo("review.previous_scan", "Scan before of the patient", "Left", "chevron-left",
               "Look at the scan before", "previous_scan"),
    ActionInfo("review.view", "Look at the patient", "Return", "view", "Show the scans on the view page", "go_view"),
    ActionInfo("review.suggest", "Ask another run…", "Ctrl+J", "plus", "Have a finished run suggest labels",
               "show_start"),
)  # fmt: skip
DECIDING = ("review.accept", "review.reject", "review.skip")
LOOKING = ("review.next", "review.previous", "review.next_scan", "review.previous_scan", "review.view")
