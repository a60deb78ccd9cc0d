"""Whether there is a screen, and the one in memory where there is none."""

import shutil
import sys
from collections.abc import Mapping

from bootstrap_steps.failure import Failure
from bootstrap_steps.processes import Argument, child_environment

SCREEN = ("xvfb-run", "-a", "-s", "-screen 0 1600x1000x24 +extension GLX")
OWN_SCREEN = ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "XDG_SESSION_TYPE")


def has_display(environment: Mapping[str, str], platform: str = sys.platform) -> bool:
    """Only Linux and its like can be without one."""
    if platform in ("win32", "darwin", "cygwin"):
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def on_screen_in_memory(arguments: list[Argument], platform: str = sys.platform) -> list[Argument]:
    """The same command under Xvfb; unchanged on macOS and Windows, which have no such thing."""
    if has_display({}, platform):
        return arguments
    if not shutil.which(SCREEN[0]):
        raise Failure(
            "xvfb-run, the screen in memory, is not installed.",
            "Install your system's Xvfb package.",
        )
    return [*SCREEN, *arguments]


def screen_in_memory_environment() -> dict[str, str]:
    """Without the variables that would lead Qt past the screen in memory."""
    return {name: value for name, value in child_environment().items() if name not in OWN_SCREEN}
