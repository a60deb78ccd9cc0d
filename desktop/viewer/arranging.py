"""Putting cells into a grid as a layout has them."""

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.viewer.layouts import Layout

MOST = 4


def arrange(grid: QGridLayout, layout: Layout, cells: Mapping[int, QWidget], places: Sequence[int]) -> None:
    """Show the cells named by `places` in the slots of the layout, and no others."""
    for place, cell in cells.items():
        grid.removeWidget(cell)
        cell.setVisible(place in places)
    for slot, place in zip(layout.slots, places, strict=True):
        grid.addWidget(cells[place], slot.row, slot.column, slot.rows, slot.columns)
    for i in range(MOST):
        grid.setColumnStretch(i, layout.across[i] if i < len(layout.across) else 0)
        grid.setRowStretch(i, layout.down[i] if i < len(layout.down) else 0)
    grid.activate()
