import pytest

from desktop.viewer.layouts import FOUR, LAYOUTS, ONE, ONE_AND_THREE, ROW, Layout, maximised, plane_in


@pytest.mark.parametrize("main", range(3))
@pytest.mark.parametrize("layout", LAYOUTS[1:], ids=lambda layout: layout.key)
def test_every_plane_has_a_place_whichever_is_chosen(layout: Layout, main: int) -> None:
    planes = [plane_in(slot, main, 3) for slot in layout.slots if slot.content != "volume"]
    assert sorted(plane for plane in planes if plane is not None) == [0, 1, 2]


@pytest.mark.parametrize("layout", [ONE, ONE_AND_THREE], ids=["one", "one and three"])
def test_the_chosen_plane_comes_first(layout: Layout) -> None:
    assert plane_in(layout.slots[0], 2, 3) == 2


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.key)
def test_no_two_cells_lie_on_each_other(layout: Layout) -> None:
    taken = [
        (row, column)
        for slot in layout.slots
        for row in range(slot.row, slot.row + slot.rows)
        for column in range(slot.column, slot.column + slot.columns)
    ]
    assert len(set(taken)) == len(taken) == len(layout.across) * len(layout.down)


def test_where_it_is_too_narrow_all_stand_below_each_other() -> None:
    stacked = FOUR.fitting(200, 600)
    assert [(slot.row, slot.column) for slot in stacked.slots] == [(0, 0), (1, 0), (2, 0), (3, 0)]
    assert FOUR.fitting(600, 600) is FOUR


def test_in_a_low_area_planes_stay_beside_each_other() -> None:
    assert ROW.fitting(400, 200) is ROW


@pytest.mark.parametrize("plane", [0, 2, None])
def test_a_maximised_cell_has_all_of_the_area(plane: int | None) -> None:
    (slot,) = maximised(plane).slots
    assert plane_in(slot, 1, 3) == plane
