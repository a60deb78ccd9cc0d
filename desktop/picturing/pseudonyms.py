"""While something is taken up for a file, all of the window calls patients by their pseudonyms."""

from collections.abc import Iterator
from contextlib import contextmanager

from desktop.session import Session


@contextmanager
def pseudonyms(session: Session) -> Iterator[None]:
    """Whatever draws names over pictures follows the session, so that none of it need know about files.

    Nothing is painted on the screen meanwhile.
    """
    settings, shown = session.settings, session.settings.patient_names
    if shown == "pseudonym":
        yield
        return
    settings.patient_names = "pseudonym"
    session.cohort_changed.emit()
    try:
        yield
    finally:
        settings.patient_names = shown
        session.cohort_changed.emit()
