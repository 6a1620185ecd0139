from __future__ import annotations

import shutil
import subprocess
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

OLD = """{"Version": "2012-10-17", "Statement": [
  {"Sid": "<script>alert(1)</script>", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::a/*"}]}"""
NEW = OLD.replace('"s3:GetObject"', '["s3:GetObject", "s3:PutObject", "s3:GetObjct"]').replace("a/*", "*")
BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None)


@pytest.fixture
def files(tmp_path: Path) -> Path:
    for name, text in (("old", OLD), ("new", NEW)):
        (tmp_path / f"{name}.json").write_text(text)
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("check", "new.json"), 1, "Policy check"),
        (("diff", "old.json", "new.json"), 1, "Access before and after"),
        (("no-new-access", "old.json", "new.json"), 1, "Newly allowed"),
        (("not-granted", "new.json", "--action", "s3:PutObject"), 1, "Granted"),
        (("needs", "new.json", "--needed", "old.json"), 1, "Needed and granted"),
        (("risks", "new.json"), 0, "Risks of a principal"),
    ],
)
def test_each_verb_writes_a_page(run: Run, files: Path, arguments: tuple[str, ...], code: int, told: str) -> None:
    """One page, with the exit code that any other format has; nothing in it is the policy's own markup."""
    found = run(*arguments, "--output-format", "html")

    assert code == found.code
    assert found.out.startswith("<!doctype html>\n")
    assert found.out.endswith("</html>\n")
    assert told in found.out
    assert "<script" not in found.out
    assert found.out.isascii()


@pytest.mark.parametrize("verb", ["diff", "no-new-access", "needs"])
def test_a_page_is_written_even_when_all_is_well(run: Run, files: Path, verb: str) -> None:
    """A file of no bytes would be no page."""
    need = ("--needed",) if verb == "needs" else ()
    found = run(verb, "old.json", *need, "old.json", "-q", "--output-format", "html")

    assert 0 == found.code
    assert found.out.endswith("</html>\n")


def test_a_change_of_kind_has_no_picture(run: Run, files: Path) -> None:
    """What can't be compared can't be drawn, and the page says why."""
    (files / "trust.json").write_text(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "sts:AssumeRole",'
        ' "Principal": {"AWS": "arn:aws:iam::111122223333:role/R"}}}'
    )
    found = run("diff", "old.json", "trust.json", "--output-format", "html")

    assert 1 == found.code
    assert "policies of different kinds are not comparable" in found.out
    assert 'class="picture"' not in found.out


def shoot(page: Path, out: Path, *flags: str) -> str:
    """Lets a browser without a window look at a page; what it has to complain about."""
    assert BROWSER is not None
    return subprocess.run(
        [
            *(BROWSER, "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run"),
            *("--enable-logging=stderr", f"--user-data-dir={out.parent / 'profile'}"),
            *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
            *(*flags, page.as_uri()),
        ],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    ).stderr


def corner(picture: Path) -> tuple[int, ...]:
    """The colour of a picture's first pixel. Source: W3C, "Portable Network Graphics (PNG) Specification"."""
    content, place, packed = picture.read_bytes(), 8, b""
    while place < len(content):
        size = int.from_bytes(content[place : place + 4], "big")
        if content[place + 4 : place + 8] == b"IDAT":
            packed += content[place + 8 : place + 8 + size]
        place += 12 + size
    # Behind the byte that tells the row's filter; there is nothing before the first pixel to filter it by.
    return tuple(zlib.decompress(packed)[1:4])


@pytest.mark.skipif(BROWSER is None, reason="there is no Chromium to look with")
def test_a_browser_shows_the_page(run: Run, files: Path) -> None:
    """Light and dark with the style let in, on paper too, and nothing is refused or fails."""
    page = files / "page.html"
    page.write_text(run("diff", "old.json", "new.json", "--output-format", "html").out)
    light, dark, paper = files / "light.png", files / "dark.png", files / "paper.pdf"
    told = shoot(page, light, f"--screenshot={light}", "--window-size=1280,1600")
    # 0 is dark in Chromium's own numbering of themes.
    told += shoot(
        page, dark, f"--screenshot={dark}", "--window-size=390,1600", "--blink-settings=preferredColorScheme=0"
    )
    told += shoot(page, paper, f"--print-to-pdf={paper}")

    assert (0xF5, 0xF6, 0xF8) == corner(light)
    assert (0x10, 0x14, 0x1A) == corner(dark)
    assert paper.read_bytes().startswith(b"%PDF-")
    assert "CONSOLE" not in told
    assert "Content Security Policy" not in told
