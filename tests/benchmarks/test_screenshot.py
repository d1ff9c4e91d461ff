from pathlib import Path

import pytest

from benchmarks import screenshot


def test_without_a_browser_it_says_so_and_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(screenshot, "browser", lambda: None)
    assert screenshot.main([str(tmp_path / "page.html"), str(tmp_path / "out.png")]) == 0
    assert "没有找到 Chromium" in capsys.readouterr().err
    assert not (tmp_path / "out.png").exists()


def test_a_picture_has_the_size_asked_for_and_a_print_has_not() -> None:
    picture = screenshot.command("b", "file:///p", Path("o.png"), "390x844", dark=True, profile="x")
    assert "--window-size=390,844" in picture and "--force-dark-mode" in picture
    printed = screenshot.command("b", "file:///p", Path("o.pdf"), "390x844", dark=False, profile="x")
    assert "--print-to-pdf=o.pdf" in printed
    assert not any(option.startswith("--window-size") for option in printed)


@pytest.mark.skipif(screenshot.browser() is None, reason="no Chromium here")
def test_a_page_is_photographed_at_an_anchor(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<p style='height:3000px'>a</p><p id='end'>b</p>", encoding="utf-8")
    out = tmp_path / "out.png"
    assert screenshot.shoot(page, out, "320x200", at="end")
    assert out.read_bytes().startswith(b"\x89PNG")
