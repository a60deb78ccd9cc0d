"""Whatever the values are: a fit that can be used, or none; never a failure, and no warning."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from engine.imaging.volume import FrameAxis, Volume
from engine.maps import fit_curve, relaxation_maps
from tests.engine.maps.made import KINDS

TIMES = st.lists(st.floats(0, 1e6, allow_subnormal=False), min_size=3, max_size=12)


@given(st.sampled_from(KINDS), TIMES, st.data(), st.booleans())
def test_any_curve_has_a_fit_or_a_reason(kind, times, data, offset):
    values = data.draw(st.lists(st.floats(), min_size=len(times), max_size=len(times)))
    found = fit_curve(kind, times, values, offset=offset)
    assert bool(found.reason) != bool(found.time > 0 and found.m0 > 0 and found.goodness <= 1)


@given(st.sampled_from(KINDS), st.data(), st.sampled_from(["f4", "f8", "i2", "u1"]))
def test_any_scan_has_maps_with_times_above_zero_or_none(kind, data, dtype):
    array = data.draw(arrays(dtype, (4, 1, 3, 5)))
    found = relaxation_maps(Volume(array, np.eye(4), FrameAxis(kind, (10.0, 30.0, 100.0, 400.0))))
    known = np.isfinite(found.time.array)
    assert (found.time.array[known] > 0).all()
    assert np.isfinite(found.m0.array[known]).all()
    assert np.array_equal(known, np.isfinite(found.rate.array))
