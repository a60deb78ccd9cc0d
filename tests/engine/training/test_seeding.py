"""Seeds: the same for the same part, unrelated for another."""

from hypothesis import given
from hypothesis import strategies as st

from engine.training.seeding import derive


@given(st.integers(0, 2**31 - 1), st.integers(0, 10**6))
def test_a_derived_seed_fits_every_generator(seed: int, epoch: int) -> None:
    assert 0 <= derive(seed, "epoch", epoch) < 2**31


def test_parts_and_seeds_that_differ_get_other_seeds() -> None:
    made = {derive(seed, part, number) for seed in range(9) for part in ("fold", "epoch") for number in range(99)}
    assert len(made) == 9 * 2 * 99


def test_a_derived_seed_never_changes_between_versions() -> None:
    assert derive(7, "fold", 1) == 1689943631
