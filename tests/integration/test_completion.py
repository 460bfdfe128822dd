"""What the completion of bash, zsh and fish offers."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = shutil.which("mapgen", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}")


def completed(shell: str, words: str) -> str:
    """Return what the program offers behind `words`, in the form of a shell."""
    if PROGRAM is None:
        pytest.skip("the program mapgen is not installed beside Python")
    asked = {
        "_MAPGEN_COMPLETE": f"complete_{shell}",
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split(" ")) - 1),
        "_TYPER_COMPLETE_ARGS": words,
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
    }
    done = subprocess.run([PROGRAM], env={**os.environ, **asked}, capture_output=True, text=True, check=False)
    return done.stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_commands_and_options_are_offered(shell: str) -> None:
    commands = completed(shell, "mapgen pl")
    assert "places" in commands
    assert "compare" not in commands
    options = completed(shell, "mapgen places --jo")
    assert "--jobs" in options
    assert "--format" not in options


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_of_a_shell_is_shown(shell: str) -> None:
    if PROGRAM is None:
        pytest.skip("the program mapgen is not installed beside Python")
    asked = {"_MAPGEN_COMPLETE": f"source_{shell}"}
    done = subprocess.run([PROGRAM], env={**os.environ, **asked}, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert f"complete_{shell}" in done.stdout
