"""A folder for installations that tests start."""

import shutil
import tempfile
from pathlib import Path

import pytest

from config.embedded.places import prepare


@pytest.fixture
def reachable_folder():
    """Gives a folder whose `data` the servers can use whoever they run as; all of it is removed afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="careplan-house-"))
    folder.chmod(0o711)
    yield folder
    prepare(folder / "data").remove()
    shutil.rmtree(folder)
