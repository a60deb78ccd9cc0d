from dataclasses import replace

import numpy as np

from desktop.layers.entries import Entries
from desktop.layers.looks import Looks
from desktop.layers.wish import MapWish, ScanWish
from engine.imaging.volume import FrameAxis, Volume
from engine.pictures.layer import Layer
from engine.pictures.overlay import Overlay

T2, MAP = ScanWish("T2"), MapWish("time")


def echoes(*times: float) -> Volume:
    return Volume(np.ones((len(times), 2, 2, 2)), np.eye(4), FrameAxis("echo time", times))


def layer(*times: float, frame: int = 0) -> Layer:
    return Layer(T2.key, "T2", "scan", Overlay(echoes(*times), 0, 1, frame))


def test_what_is_there_stays_when_more_is_wished_for() -> None:
    base = echoes(10, 20)
    first = Entries().following((T2,), base)
    second = first.following((T2, MAP), base)
    assert [entry.name for entry in second.all] == ["T2", "T2"]
    assert second.all[0] is first.all[0]
    assert [entry.wish for entry in second.await_maps] == [MAP]


def test_a_title_names_the_frame_that_lies_over_the_scans() -> None:
    base = echoes(10, 20)
    entries = Entries().following((T2,), base)
    laid = entries.putting(entries.all[0].laid(layer(20, 40), base))
    assert [laid.over(base, frame).all[0].title for frame in (0, 1)] == ["T2 · TE 20 ms", "T2 · TE 20 ms"]
    held = laid.putting(replace(laid.all[0], layer=replace(layer(20, 40, frame=1), follows=False)))
    assert held.over(base, 1).all[0].title == "T2 · TE 40 ms"


def test_nothing_new_is_told_where_the_same_frame_is_shown() -> None:
    base = echoes(10, 20)
    entries = Entries().following((T2,), base)
    laid = entries.putting(entries.all[0].laid(layer(20, 40), base)).over(base, 0)
    assert laid.over(base, 1) is laid


def test_hiding_all_keeps_every_layer() -> None:
    base = echoes(10, 20)
    entries = Entries().following((T2,), base)
    laid = entries.putting(entries.all[0].laid(layer(20, 40), base))
    assert [one.shown for one in (*laid.layers(shown=True), *laid.layers(shown=False))] == [True, False]


def test_another_kind_begins_anew_but_keeps_its_frame() -> None:
    looks = Looks()
    looks.remember("T1", layer(20, 40), replace(layer(20, 40, frame=1), follows=False))
    looks.remember("T1", layer(20, 40), replace(layer(20, 40), overlay=replace(layer(20, 40).overlay, opacity=0.1)))
    looks.recast("T1", T2.key, "mask")
    worn = looks.worn("T1", layer(20, 40))
    assert looks.kind("T1", T2.key) == "mask"
    assert (worn.follows, worn.overlay.frame, worn.overlay.opacity) == (False, 1, 0.7)
