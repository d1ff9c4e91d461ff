"""The yearly duty in a browser: list of winners, reports taken in, one report with its letter."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Browser, Page, expect

from api.store.tables import Round
from tests.pages.desk import Desk, flaws
from tests.pages.site import running
from tests.service.test_duties import YEAR, yearly


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with running(tmp_path_factory.mktemp("desk"), local=False) as site:
        made = Desk(site)
        made.person("office", "office")
        with site.context.database.writing() as session:
            session.add(Round(id="round", title="第五届", criteria="bjqa-2020"))
        yield made


def test_officer_opens_one_page(desk: Desk, browser: Browser, page: Page, tmp_path: Path) -> None:
    context, office = desk.open(browser, "office")
    office.click("nav.who >> text=年度报告")
    list_winners(office, tmp_path / "名单.csv")
    take_in(office, tmp_path)
    desk.wait()
    office.click(".tabs >> text=年度报告")
    assert flaws(office) == []
    row = office.locator("table.board tbody tr", has_text="甲公司")
    row.locator("a.duty", has_text=f"{YEAR} 年度").click()
    write_letter(office)
    office.click("text=标为已核对")
    office.click(".crumbs a")
    expect(row).to_contain_text("已核对")
    row.locator("th a").first.click()
    office.click("text=重大事故报告")
    assert flaws(office) == []
    context.close()
    desk.clean()


def list_winners(office: Page, listed: Path) -> None:
    office.click("text=加入或导入")
    rows = f"组织名称,获奖年度\n甲公司,{YEAR - 1}\n乙公司,{YEAR - 1}\n丙公司,去年\n"
    listed.write_text(rows, encoding="utf-8")
    office.set_input_files("#file", str(listed))
    office.click("text=预览")
    expect(office.locator(".error")).to_contain_text("第 4 行")
    assert flaws(office) == []
    office.click("text=导入 2 个")
    expect(office.locator(".flash")).to_contain_text("已导入 2 个")
    assert flaws(office) == []
    office.click(".tabs >> text=年度报告")
    expect(office.locator("table.board tbody tr")).to_have_count(2)


def take_in(office: Page, folder: Path) -> None:
    office.click("text=收入年度报告")
    files = []
    for name in ("甲公司", "乙公司"):
        path = folder / f"{name}{YEAR}年度自我评价报告.docx"
        path.write_bytes(yearly(name, YEAR, f"{name}全年未发生安全事故。"))
        files.append(str(path))
    office.set_input_files("#files", files)
    office.click("text=下一步：核对归属")
    office.wait_for_url(re.compile("/intakes/"))
    years = office.locator("[name=covers]")
    assert [years.nth(n).input_value() for n in range(2)] == [str(YEAR)] * 2
    office.click("text=收入勾选的文件")
    expect(office.locator(".flash")).to_contain_text("已收入 2 个文件")


def write_letter(office: Page) -> None:
    """Ticks a line, and finds it in the letter and ticked afterwards."""
    expect(office.locator("h1")).to_contain_text(f"甲公司 {YEAR} 年度")
    assert flaws(office) == []
    first = office.locator(".tickline").first
    message = first.locator("label b").inner_text()
    first.locator("input").check()
    office.fill("#until", date(YEAR + 2, 1, 31).isoformat())
    office.click("text=请补正函…")
    expect(office.locator(".letter")).to_contain_text(message)
    assert flaws(office) == []
    with office.expect_download() as download:
        office.click("text=下载 .docx")
    letter = Document(io.BytesIO(Path(download.value.path()).read_bytes()))
    assert any(message in paragraph.text for paragraph in letter.paragraphs)
    office.click("text=返回修改勾选")
    expect(office.locator(".tickline input:checked")).to_have_count(1)
