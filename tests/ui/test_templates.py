"""Templates hold words and structure, nothing that the policy refuses."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
APPS = ("careplan", "clients", "plans", "messaging", "config")
TEMPLATES = sorted(
    path for app in APPS for path in (ROOT / app).rglob("templates/**/*") if path.suffix in (".html", ".txt", ".svg")
)
STATIC = ROOT / "careplan" / "ui" / "static" / "ui"
REFUSED = {
    "a style attribute": r"\sstyle\s*=",
    "a style element": r"<style\b",
    "a script with a body": r"<script\b(?![^>]*\bsrc=)|<script\b[^>]*>(?!\s*</script>)",
    "an event attribute": r"<[^>]*\son[a-z]+\s*=",
    "a data: address": r"""["'(]\s*data:""",
    "a javascript: address": r"javascript:",
    "an http: address": r"""(?:src|href)\s*=\s*["']?http:""",
    "the safe filter": r"\|\s*safe\b|autoescape\s+off",
}


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("what", REFUSED)
def test_no_template_holds_what_the_policy_refuses(what):
    """AUTH-3, house style: no style=, no script body, no on…=, no data:."""
    found = [named(path) for path in TEMPLATES if re.search(REFUSED[what], path.read_text("utf-8"), re.IGNORECASE)]
    assert found == [], f"{what} in {found}"


def test_the_search_would_find_them():
    assert re.search(REFUSED["an event attribute"], '<p class="x" onclick="y()">')
    assert re.search(REFUSED["a script with a body"], "<script>x</script>")
    assert re.search(REFUSED["a script with a body"], '<script src="a.js">x</script>')
    assert not re.search(REFUSED["a script with a body"], '<script src="a.js" defer></script>')


def test_every_template_passes_the_lint():
    done = subprocess.run(
        [sys.executable, "-m", "djlint", "--lint", "--quiet", *map(str, sorted({_folder(path) for path in TEMPLATES}))],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout


def _folder(path: Path) -> Path:
    return next(parent for parent in path.parents if parent.name == "templates")


def test_the_answers_are_written_in_one_place():
    """UI-1: the same component everywhere, so no other template draws an answer."""
    drawn = [path.name for path in TEMPLATES if re.search(r'class="(?:answers|answer)[ "]', path.read_text("utf-8"))]
    assert drawn == ["answers.html"]


def test_styles_and_scripts_stay_at_home():
    for path in [*STATIC.rglob("*.css"), *STATIC.rglob("*.js")]:
        text = path.read_text("utf-8")
        assert not re.search(r"https?://|url\([\"']?data:|@import|\beval\(|new Function|innerHTML|\.style\b", text), (
            path
        )


def test_styles_fit_their_budget():
    """design/README: 14 kB gzip in four files."""
    import gzip

    assert sum(len(gzip.compress(path.read_bytes())) for path in STATIC.rglob("*.css")) < 14 * 1024


def test_fonts_and_icons_come_with_their_licences():
    assert {path.name for path in STATIC.rglob("LICENSE*")} == {
        "LICENSE-atkinson-hyperlegible-next.txt",
        "LICENSE-literata.txt",
        "LICENSE-lucide.txt",
    }


def test_every_icon_named_in_a_template_is_in_the_sprite():
    there = set(re.findall(r'<symbol id="([^"]+)"', (STATIC / "icons" / "sprite.svg").read_text("utf-8")))
    asked = {
        name
        for path in TEMPLATES
        for name in re.findall(r"""(?:\{% icon |icon_name=)["']([\w-]+)["']""", path.read_text("utf-8"))
    }
    assert asked <= there
