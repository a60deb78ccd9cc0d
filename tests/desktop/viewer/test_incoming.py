from dataclasses import replace

import numpy as np
import pytest

from desktop.viewer.incoming import Incoming, Request, Wish
from desktop.viewer.memory import ViewMemory
from engine.control import Control
from engine.errors import Cancelled
from engine.pictures.presence import Presence
from engine.pictures.viewing import Viewing
from engine.pictures.window import Window
from tests.desktop.viewer.held_scan import SOURCE, HeldScan
from tests.helpers.volumes import echoes

MIDDLE = (0, 3)


def test_the_middle_of_the_first_frame_is_read_first() -> None:
    assert Request(SOURCE).first(HeldScan(echoes()).header) == MIDDLE


@pytest.mark.parametrize(
    ("wish", "first"),
    [(Wish((0, 0, 1)), (0, 1)), (Wish(frame=2), (2, 3)), (Wish((0, 0, 99), 99), MIDDLE)],
)
def test_what_is_wished_for_is_read_first_where_there_is_such(wish: Wish, first: tuple[int, int]) -> None:
    assert Request(SOURCE, wish).first(HeldScan(echoes()).header) == first


def test_where_the_patient_before_was_looked_at_is_read_first() -> None:
    memory, volume = ViewMemory(), echoes(4, 6)
    memory.keep("T2", Viewing.of(volume, Window(0, 1)).at_slice(1).at_frame(2))
    later = replace(volume.frame_axis, values=(10.0, 20.0, 30.0, 76.0))
    header = HeldScan(replace(volume, frame_axis=later)).header
    assert Request(SOURCE, kept=memory.of("T2")).first(header) == (3, 1)


def test_it_begins_with_the_slice_that_was_wished_first() -> None:
    volume, incoming = echoes(1, 6), Incoming(Control(), lambda: False)
    opened = HeldScan(volume)
    incoming.take(opened, (0, 2), volume, (0, 0), whole=False)
    assert incoming.begun is None
    incoming.take(opened, (0, 2), volume, (0, 2), whole=False)
    assert incoming.begun is not None
    assert incoming.begun.in_turn
    assert incoming.share == pytest.approx(2 / 6)


def test_of_a_mapped_scan_everything_is_there_at_once() -> None:
    volume, incoming = echoes(2, 6), Incoming(Control(), lambda: False)
    incoming.take(HeldScan(volume), (0, 3), volume, (0, 3), whole=True)
    assert incoming.begun is not None
    assert all(incoming.begun.presence.has((frame, z)) for frame in range(2) for z in range(6))


def test_when_nobody_waits_any_more_the_reading_is_ended() -> None:
    control = Control()
    Incoming(control, lambda: True).take(HeldScan(echoes()), MIDDLE, echoes(), MIDDLE, whole=False)
    with pytest.raises(Cancelled):
        control.check()


def test_a_fetched_slice_counts_until_its_own_has_come() -> None:
    presence, values = Presence(1, 5), np.ones((2, 2))
    presence.fetch((0, 4), values)
    assert presence.has((0, 4))
    assert presence.fetched((0, 4)) is values
    presence.came((0, 4))
    assert presence.fetched((0, 4)) is None
    assert presence.has((0, 4))


def test_only_a_small_share_of_a_scan_is_kept_twice() -> None:
    presence = Presence(1, 80)
    for z in range(80):
        presence.fetch((0, z), np.zeros((2, 2)))
    assert sum(presence.has((0, z)) for z in range(80)) == 10
    assert presence.has((0, 79))
