"""The office's whole day and the applicant's, in browsers of their own, at one running service."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect

from api.store.tables import Organisation, Round
from tests.pages.desk import PASSWORD, Desk, archive, flaws
from tests.pages.site import running
from tests.service.reports import report


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with running(tmp_path_factory.mktemp("desk"), local=False) as site:
        made = Desk(site)
        made.person("office", "office")
        yield made


def fill(page: Page, **values: str) -> None:
    for name, value in values.items():
        page.fill(f"[name={name}]", value)


def test_office_day(desk: Desk, browser: Browser, page: Page, tmp_path: Path) -> None:
    context, office = desk.open(browser, "office")
    office.goto(f"{desk.site.address}/rounds")
    make_round(office)
    password = make_accounts(office)
    make_group(office)
    take_in(office, tmp_path / "光盘.zip")
    desk.wait()
    assign(office)
    take_away(office)
    look_back(office)
    office.click("text=退出")
    expect(office.locator("input[name=login]")).to_be_visible()
    context.close()
    context, jia = desk.open(browser, "jia", password)
    expect(jia.locator("h1")).to_have_text("修改口令")
    context.close()
    desk.clean()


def make_round(office: Page) -> None:
    expect(office.locator("h1")).to_have_text("届次")
    office.click("text=新建一届")
    fill(office, title="第五届", years="2017、2018、2019")
    office.click("main button.main")
    expect(office.locator(".flash")).to_contain_text("第五届")


def make_accounts(office: Page) -> str:
    """An organisation with its account, and a reviewer; the password of the first."""
    office.click("nav.who >> text=组织")
    fill(office, name="甲公司")
    office.click("main button.main")
    expect(office.locator("h1")).to_have_text("甲公司")
    passwords = []
    for login, role, organisation in (("jia", "applicant", "甲公司"), ("ping", "reviewer", "")):
        office.click("nav.who >> text=人员")
        form = office.locator("form[action='/people'][method=post]")
        form.locator("[name=name]").fill(f"{login}的姓名")
        form.locator("[name=login]").fill(login)
        form.locator("[name=role]").select_option(role)
        form.locator("[name=organisation]").fill(organisation)
        form.locator("button").click()
        passwords.append(office.locator("#password").inner_text())
    return passwords[0]


def make_group(office: Page) -> None:
    office.click("nav.who >> text=届次与材料")
    office.click(".tabs >> text=小组")
    fill(office, title="一组")
    office.check("input[name=member]")
    office.click("main button.main")
    expect(office.locator("main")).to_contain_text("ping的姓名")


def take_in(office: Page, bundle: Path) -> None:
    """Two organisations' folders, one not known yet, and a file that is broken."""
    office.click(".tabs >> text=收入材料")
    bundle.write_bytes(archive("甲公司", "乙公司"))
    office.set_input_files("#files", str(bundle))
    office.click("text=下一步：核对归属")
    office.wait_for_url(re.compile("/intakes/"))
    known = office.locator("tr", has_text="光盘/甲公司")
    expect(known.locator("[name=organisation]")).to_have_value("甲公司")
    new = office.locator("tr", has_text="光盘/乙公司")
    new.locator("[name=organisation]").fill("乙公司")
    new.locator("[name=take]").check()
    bad = office.locator("tr", has_text="坏的.docx").locator("[name=take]")
    if bad.count():
        bad.uncheck()
    office.check("[name=new]")
    assert flaws(office) == []
    office.click("text=收入勾选的文件")
    expect(office.locator(".flash")).to_contain_text("已收入 2 个文件")


def assign(office: Page) -> None:
    office.click("nav.who >> text=届次与材料")
    board = office.locator("table.board")
    expect(board.locator("tbody tr")).to_have_count(2)
    expect(board.locator("tbody tr", has_text="已检查")).to_have_count(2)
    office.click(".tabs >> text=分配")
    office.check("input[aria-label^=甲公司]")
    office.select_option("#group", label="一组")
    fill(office, due="2030-01-02")
    office.click("main button.main")
    expect(office.locator(".flash")).to_contain_text("已分配 1 份次")
    office.click(".tabs >> text=状态板")
    office.select_option("[name=readers]", "none")
    office.click("text=筛选")
    expect(board.locator("tbody tr")).to_have_count(1)
    expect(board).to_contain_text("乙公司")


def take_away(office: Page) -> None:
    with office.expect_download() as download:
        office.click("text=工作簿")
    book = load_workbook(io.BytesIO(Path(download.value.path()).read_bytes()))
    assert {book["材料"].cell(row, 1).value for row in (2, 3)} == {"甲公司", "乙公司"}


def look_back(office: Page) -> None:
    office.click("nav.who >> text=审计")
    for word in ("代收", "分配评审员", "导出", "建立账号"):
        expect(office.locator("tbody")).to_contain_text(word)
    office.click("text=核对散列链")
    expect(office.locator("main .flash")).to_contain_text("散列链完整")


PAGES = (
    "/office",
    "/rounds",
    "/rounds/new",
    "/rounds/round/settings",
    "/rounds/round/groups",
    "/rounds/round/assigning",
    "/rounds/round/intake",
    "/people",
    "/organisations",
    "/organisations/own",
    "/audit?verify=1",
    "/account",
    "/password",
)


@pytest.fixture(scope="module")
def office_page(desk: Desk, browser: Browser) -> Iterator[Page]:
    with desk.site.context.database.writing() as session:
        session.add(Round(id="round", title="第六届", criteria="bjqa-2020"))
        session.add(Organisation(id="own", name="丙公司"))
    desk.person("office2", "office")
    desk.person("ying", "reviewer")
    context, page = desk.open(browser, "office2")
    yield page
    context.close()
    desk.clean()


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(desk: Desk, office_page: Page, page: Page, path: str) -> None:
    office_page.goto(f"{desk.site.address}{path}")
    assert flaws(office_page) == []


def test_narrow_screen_has_no_sideways_scrolling(desk: Desk, office_page: Page, page: Page) -> None:
    office_page.set_viewport_size({"width": 390, "height": 800})
    for path in PAGES:
        office_page.goto(f"{desk.site.address}{path}")
        assert office_page.evaluate("document.documentElement.scrollWidth") <= 390, path
    office_page.set_viewport_size({"width": 1280, "height": 800})


def test_applicant_day(desk: Desk, office_page: Page, browser: Browser, page: Page, tmp_path: Path) -> None:
    desk.person("bing", "applicant", "own")
    context, mine = desk.open(browser, "bing")
    file = tmp_path / "自评报告.docx"
    file.write_bytes(report("丙"))
    mine.set_input_files("input[type=file]", str(file))
    mine.select_option("#round", label="第六届")
    mine.click("text=开始检查")
    mine.wait_for_url(re.compile("/submissions/"))
    expect(mine.locator("h2#todo-h")).to_be_visible(timeout=60_000)
    where = mine.url.split("#")[0]
    mine.click(".top >> text=正式提交")
    expect(mine.locator("main")).to_contain_text("自评报告.docx")
    assert flaws(mine) == []
    mine.click("main button")
    expect(mine.locator("h1")).to_have_text("提交回执")
    assert flaws(mine) == []
    number = mine.locator("td").first.inner_text()
    assert re.fullmatch(r"ZP\d{8}-\w{8}", number)
    mine.emulate_media(media="print")
    expect(mine.locator(".masthead")).to_be_hidden()
    expect(mine.locator("code").first).to_be_visible()
    mine.emulate_media(media="screen")

    mine.goto(f"{where}/life")
    expect(mine.locator("main")).to_contain_text(number)
    expect(mine.locator("text=删除草稿")).to_have_count(0)
    assert flaws(mine) == []
    with desk.site.context.database.writing() as session:
        session.get_one(Round, "round").closed = True
    mine.goto(f"{where}/new")
    mine.set_input_files("input[type=file]", str(file))
    mine.click("text=开始检查")
    expect(mine.locator(".error")).to_contain_text("已经结束")
    assert [fault[:8] for fault in desk.site.faults] == ["409 POST"]
    desk.site.faults.clear()
    office_page.goto(f"{desk.site.address}/rounds/round")
    expect(office_page.locator("table.board")).to_contain_text("丙公司")
    office_page.click("td >> text=办理")
    assert flaws(office_page) == []
    office_page.goto(f"{desk.site.address}/rounds/round")
    assert flaws(office_page) == []
    context.close()
    desk.clean()


def test_reading_goes_with_scripts_off(desk: Desk, browser: Browser, page: Page) -> None:
    desk.person("wu.kong", "reviewer")
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(desk.site.address)
    plain.fill("input[name=login]", "office")
    plain.fill("input[name=password]", PASSWORD)
    plain.click("main button")
    plain.click("nav.who >> text=人员")
    plain.fill("form.filters [name=q]", "wu.kong")
    plain.click("text=筛选")
    expect(plain.locator("tbody tr")).to_have_count(1)
    context.close()
