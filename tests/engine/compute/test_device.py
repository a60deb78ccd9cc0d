"""The device is the one that was asked for, or the best there is."""

import pytest
import torch

from engine.compute.allocator import keep_buffers
from engine.compute.device import choose_device
from engine.errors import TrainingError


def test_the_cpu_is_always_there() -> None:
    device = choose_device("cpu")
    assert (device.key, device.torch) == ("cpu", torch.device("cpu"))
    assert device.label.strip()
    assert device.threads >= 1


def test_auto_names_a_device_that_works() -> None:
    assert torch.ones(2, device=choose_device().torch).sum() == 2


@pytest.mark.parametrize("wish", ["", "gpu", "cuda:", "cuda:one", "cuda:-1", "tpu:0"])
def test_a_wish_that_is_no_device_is_refused(wish: str) -> None:
    with pytest.raises(TrainingError, match="device") as caught:
        choose_device(wish)
    assert caught.value.hint


def test_a_device_that_is_not_here_is_refused_with_what_to_do() -> None:
    with pytest.raises(TrainingError, match="the device 'cuda:99' is not on this machine") as caught:
        choose_device("cuda:99")
    assert "auto" in caught.value.hint


@pytest.mark.gpu
def test_an_accelerator_is_preferred_to_the_cpu() -> None:
    if not torch.cuda.is_available():
        pytest.skip("there is no accelerator")
    assert choose_device().key == "cuda:0"


def test_keeping_buffers_tells_whether_the_system_listened() -> None:
    assert keep_buffers() in (True, False)
