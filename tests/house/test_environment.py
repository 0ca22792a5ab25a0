"""manage.py makes its own environment, whole or not at all, and says plainly what is missing."""

import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.house.running import ROOT, plain_environment

BASE = getattr(sys, "_base_executable", sys.executable)
HOUSE = (
    "def run(command, arguments):\n    import sys\n    print('ran', command, *arguments, sys.prefix)\n    return 7\n"
)


@pytest.fixture
def clone(tmp_path):
    """A clone with nothing to install, so that making its environment costs a moment."""
    shutil.copy(ROOT / "manage.py", tmp_path)
    (tmp_path / "requirements.lock").write_text("# nothing\n")
    (tmp_path / "requirements-dev.lock").write_text("# nothing more\n")
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "console.py").write_text(HOUSE)
    return tmp_path


def manage(clone, *words, **added):
    return subprocess.run(
        [BASE, "manage.py", *words], cwd=clone, env=plain_environment(**added), capture_output=True, text=True
    )


def test_two_first_starts_over_a_half_made_environment_make_one_whole_one(clone):
    """Making one takes seconds, so its life is followed in one test: half made, made, used, out of date, made anew."""
    (clone / ".venv" / "bin").mkdir(parents=True)
    (clone / ".venv" / "bin" / "python").symlink_to(clone / "gone")

    with ThreadPoolExecutor(2) as both:
        first = list(both.map(lambda word: manage(clone, word, "--loud"), ("left", "right")))
    used = manage(clone, "greet")
    (clone / "requirements.lock").write_text("# nothing, again\n")
    renewed = manage(clone, "greet")

    assert [answer.returncode for answer in first] == [7, 7], first
    assert sum("makes its own Python environment" in answer.stdout for answer in first) == 1
    assert f"ran left --loud {clone / '.venv'}" in first[0].stdout
    assert (used.returncode, used.stdout) == (7, f"ran greet {clone / '.venv'}\n")
    assert "makes its own Python environment" in renewed.stdout
    assert f"ran greet {clone / '.venv'}" in renewed.stdout


def test_a_python_without_venv_is_told_what_to_install(clone, tmp_path_factory):
    hidden = tmp_path_factory.mktemp("hidden")
    (hidden / "ensurepip.py").write_text("raise ImportError('taken out by the distribution')\n")

    answer = manage(clone, "greet", PYTHONPATH=str(hidden), PATH="/usr/bin:/bin")

    assert answer.returncode == 1
    assert "apt-get install python3." in answer.stderr
    assert "Traceback" not in answer.stderr
