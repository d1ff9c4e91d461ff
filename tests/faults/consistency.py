"""Faults of a submission that says one thing in two ways, out of order, or as another's: see ``plant``."""

from __future__ import annotations

import re
from dataclasses import replace

from models.document import Block
from tests.faults.plant import Draft, Planted, Submission, caption, planter, table_block

_ITEMS = (
    "1.2 组织治理", "1.3 社会责任", "2.2 战略部署", "3.2 顾客关系和顾客满意", "4.2 财务资源",
    "4.5 基础设施", "5.2 过程的实施与改进", "6.2 改进与创新", "7.3 财务结果", "7.6 领导方面的结果",
)  # fmt: skip
_FOUNDED = "公司2003年在北京市海淀区注册成立"
_STAFF = "截至2019年末在册员工1,186人"


@planter("overview-point-missing")
def overview_point_missing(clean: Submission, variant: int) -> Planted:
    point, *texts = (
        ("0.1.1-2", "让复杂系统安静地工作"),
        ("0.1.1-3", _STAFF),
        ("0.1.1-4", "技术底座由自研的"),
        ("0.1.1-5", "经营活动主要受网络安全法"),
        ("0.1.2-1", "股东大会、董事会、监事会和经理层"),
        ("0.1.2-3", "供方按影响程度分为四类"),
        ("0.2.1-1", "国内软件和信息技术服务业企业众多"),
        ("0.2.1-3", "对比数据取自行业协会年度统计"),
        ("0.2.2-1", "挑战主要有", "从运营和人员角度看"),
        ("0.2.3-1", "公司自2014年导入卓越绩效模式", "日常改善依托三个固定节拍"),
    )[variant]
    return Planted(clean.remove("overview", *texts), needle=point)


@planter("items-out-of-order")
def items_out_of_order(clean: Submission, variant: int) -> Planted:
    moved, before = (
        ("1.3 社会责任", "1.1 高层领导的作用"),
        ("2.2 战略部署", "2.1 战略制定"),
        ("3.2 顾客关系和顾客满意", "3.1 顾客和市场的了解"),
        ("4.2 财务资源", "4.1 人力资源"),
        ("4.6 相关方关系", "4.2 财务资源"),
        ("5.2 过程的实施与改进", "5.1 过程的识别与设计"),
        ("6.2 改进与创新", "6.1 测量、分析和评价"),
        ("7.3 财务结果", "7.1 产品和服务结果"),
        ("7.6 领导方面的结果", "7.2 顾客与市场结果"),
        ("4.5 基础设施", "4.3 信息和知识资源"),
    )[variant]
    blocks = (_heading_of(clean, moved), *clean.section("report", moved))
    rest = _without_section(clean, moved)
    at = _heading_at(rest, before)
    return Planted(_spliced(rest, at, blocks), needle=moved)


@planter("heading-number-wrong")
def heading_number_wrong(clean: Submission, variant: int) -> Planted:
    old, new = (
        ("1.2 组织治理", "1.3 组织治理"),
        ("4.5 基础设施", "4.6 基础设施"),
        ("2.1 战略制定", "2.2 战略制定"),
        ("6.1 测量、分析和评价", "5.3 测量、分析和评价"),
        ("7.3 财务结果", "7.4 财务结果"),
        ("2.2 战略部署", "2.2 规划与年度重点工作"),
        ("3.1 顾客和市场的了解", "3.1 市场营销体系"),
        ("4.4 技术资源", "4.4 科研平台"),
        ("5.1 过程的识别与设计", "6.1 过程的识别与设计"),
        ("3.2 顾客关系和顾客满意", "3.1 顾客关系和顾客满意"),
    )[variant]
    return Planted(clean.replace("report", old, new), needle=new)


@planter("item-heading-missing")
def item_heading_missing(clean: Submission, variant: int) -> Planted:
    item = _ITEMS[variant]
    return Planted(clean.remove("report", item), needle=item)


@planter("overview-repeated")
def overview_repeated(clean: Submission, variant: int) -> Planted:
    blocks = [block for block in clean.draft("overview").blocks if block.kind == "paragraph"]
    text = blocks[variant].text
    if variant % 3 == 1:
        text = text.replace("公司", "我司")
    if variant % 3 == 2:
        text = f"如前所述，{text[: text.index('。', 60) + 1]}各单位据此开展工作。"
    return Planted(clean.insert("report", _ITEMS[variant], text), needle=text[8:30])


@planter("text-repeated")
def text_repeated(clean: Submission, variant: int) -> Planted:
    blocks = [block for block in clean.draft("report").blocks if block.kind == "paragraph"]
    text = blocks[5 + 13 * variant].text
    if variant % 3 == 1:
        text = text.replace("公司", "本公司").replace("2019年", "当年")
    if variant % 3 == 2:
        text = f"{text[: text.index('。') + 1]}上述做法在各部门同步推行。"
    return Planted(clean.insert("report", _ITEMS[9 - variant], text), needle=text[8:30])


@planter("challenge-unanswered")
def challenge_unanswered(clean: Submission, variant: int) -> Planted:
    challenge = (
        "核心零部件依赖海外进口",
        "融资渠道单一，抵御汇率波动的余地小",
        "老旧厂房搬迁影响交货",
        "碳排放配额收紧",
        "海外专利壁垒限制出口",
        "冬季限产造成停工",
        "物流成本居高不下",
        "夜间噪声引发邻里投诉",
        "技工断档、青黄不接",
        "原材料价格大幅波动",
    )[variant]
    listed = (
        f"挑战主要有：{challenge}；政务回款周期拉长",
        f"面临的战略挑战：一是{challenge}，二是政务回款周期拉长",
        f"战略挑战包括{challenge}、政务回款周期拉长",
    )[variant % 3]
    old = "挑战主要有：定制项目占比偏高，规模化复制不足；政务回款周期拉长"
    return Planted(clean.replace("overview", old, listed), needle=challenge)


@planter("party-not-followed")
def party_not_followed(clean: Submission, variant: int) -> Planted:
    groups = "顾客分为市区两级政务部门、水务供热等公用事业单位、城商行及农村金融机构三类"
    suppliers = "区域代理与集成伙伴（46家）"
    party, old, new = (
        ("海关口岸", groups, "顾客分为市区两级政务部门、城商行及农村金融机构、海关口岸三类"),
        ("远洋航运企业", groups, "主要顾客群包括市区两级政务部门、远洋航运企业和城商行"),
        ("酒店餐饮业", groups, "目标客户有政务部门、酒店餐饮业、城商行"),
        ("职业院校", groups, "关键顾客为政务部门、水务供热单位、职业院校"),
        ("种植大户", groups, "公司面向政务部门、城商行和种植大户提供服务"),
        ("玻璃制品厂", suppliers, "玻璃制品厂（46家）"),
        ("冷链仓储商", suppliers, "冷链仓储商（3家）"),
        ("航空货运公司", suppliers, "航空货运公司（5家）"),
        ("橡胶密封件厂家", suppliers, "橡胶密封件厂家（12家）"),
        ("印刷包装厂", suppliers, "印刷包装厂（8家）"),
    )[variant]
    return Planted(clean.replace("overview", old, new), needle=party)


@planter("no-segmentation")
def no_segmentation(clean: Submission, variant: int) -> Planted:
    old = "顾客分为市区两级政务部门、水务供热等公用事业单位、城商行及农村金融机构三类"
    names = (
        ("职业院校", "博物馆"), ("远洋航运", "港口码头"), ("酒店餐饮", "零售百货"), ("种植大户", "农垦集团"),
        ("整车厂", "零部件厂"), ("三甲医院", "社区诊所"), ("火电厂", "风电场"), ("家庭个人", "物业小区"),
        ("纺织印染", "皮革制鞋"), ("幼儿园", "养老院"),
    )[variant]  # fmt: skip
    new = (
        f"顾客分为{names[0]}、{names[1]}两类",
        f"主要顾客群包括{names[0]}、{names[1]}",
        f"目标客户为{names[0]}、{names[1]}",
    )[variant % 3]
    return Planted(clean.replace("overview", old, new), needle=names[0])


@planter("mission-worded-differently")
def mission_worded_differently(clean: Submission, variant: int) -> Planted:
    said = (
        "公司使命：让城市运行更安全更高效。",
        "公司的使命是“用技术守护城市”，全体员工为之努力。",
        "以“服务城市治理现代化”为使命，公司持续投入研发。",
        "公司愿景是“成为世界一流的软件企业”。",
        "愿景：成为行业领先的数字化服务商。",
        "公司秉承“诚信、创新、共赢、责任”的核心价值观。",
        "核心价值观为“客户第一、拥抱变化、团队合作”。",
        "公司倡导“守诺、求真、共担、卓越”八字价值观。",
        "高层领导围绕“让复杂系统永不停歇”这一使命开展工作。",
        "公司确立了“国内最受信赖的数据服务商”的愿景。",
    )[variant]
    return Planted(clean.insert("report", _ITEMS[variant], said), needle=said[4:12])


@planter("name-differs")
def name_differs(clean: Submission, variant: int) -> Planted:
    own, other = (
        ("北京云枢数据技术股份有限公司", "北京云枢数据技术有限公司"),
        ("北京云枢数据技术股份有限公司", "北京云枢数据科技股份有限公司"),
        ("京衡智能装备股份有限公司", "京衡智能装备制造股份有限公司"),
        ("北京恒泰和信息技术有限公司", "北京恒泰合信息技术有限公司"),
        ("北京青禾食品集团有限公司", "北京青禾食品有限公司"),
    )[variant % 5]
    start = (f"{own}（以下简称“本公司”）2003年", f"{own}成立于2003年，2003年")[variant // 5]
    said = (f"{other}高度重视组织文化建设。", f"为此，{other}制定了《管理手册》。")[variant % 2]
    made = clean.replace("overview", "公司2003年", start)
    return Planted(made.insert("report", _ITEMS[variant], said), needle=other)


@planter("other-company")
def other_company(clean: Submission, variant: int) -> Planted:
    own = "北京云枢数据技术股份有限公司"
    other = (
        "华东精密机械有限公司", "青岛蓝海制药股份有限公司", "苏州明远电子有限公司",
        "武汉长风重工集团有限公司", "浙江绿源食品有限责任公司",
    )[variant % 5]  # fmt: skip
    said = (
        f"{other}高度重视安全生产，逐级签订责任书。",
        f"{other}始终坚持质量第一的方针。",
        f"经过多年发展，公司体系日趋完善。{other}建立了完整的供方评价制度。",
        f"{other}拥有一支稳定的技术队伍。",
        f"{other}通过定期走访了解需求。",
    )[variant // 2]
    made = clean.replace("overview", "公司2003年", f"{own}（以下简称“公司”）2003年")
    return Planted(made.insert("report", _ITEMS[variant], said), needle=other)


@planter("headcount-differs")
def headcount_differs(clean: Submission, variant: int) -> Planted:
    said = (
        "截至2019年底，公司员工总数为1,230人。",
        "公司现有员工1,320人，平均年龄32岁。",
        "2019年末，公司在册员工共1,816人。",
        "公司共有员工1168人，其中党员210人。",
        "目前公司从业人员总数达1,086名。",
        "2019年，公司员工总人数1250人。",
        "公司拥有员工2,186人，分布在四个城市。",
        "公司职工总数1,196人。",
        "公司现有1,400余名员工。",
        "截至2019年12月31日，公司员工人数为1,188人。",
    )[variant]
    return Planted(clean.insert("report", _ITEMS[variant], said), needle=said[:14])


@planter("founding-year-differs")
def founding_year_differs(clean: Submission, variant: int) -> Planted:
    said = (
        "公司成立于2005年，是本市较早从事政务软件的企业。",
        "公司自2001年成立以来，一直坚持自主研发。",
        "公司于2004年5月在北京正式成立。",
        "1998年，公司注册成立，注册资本5,000万元。",
        "企业成立于2002年6月，总部设在海淀区。",
        "2006年公司成立，主营软件开发。",
        "公司成立于2013年。",
        "本公司成立于2000年3月，现有三个区域基地。",
        "公司2007年注册成立，当年即通过高新技术企业认定。",
        "集团公司组建于2008年，下设四个事业部。",
    )[variant]
    return Planted(clean.insert("report", _ITEMS[variant], said), needle=said[:10])


@planter("reference-broken")
def reference_broken(clean: Submission, variant: int) -> Planted:
    number, said = (
        ("表7.9-1", "具体指标见表7.9-1。"),
        ("图7.1-9", "变化情况如图7.1-9所示。"),
        ("8.3", "有关内容详见8.3。"),
        ("表4.1-7", "（见表4.1-7）"),
        ("6.4", "改进结果参见本报告第6.4节。"),
        ("第9章", "详见第九章。"),
        ("表5.1-9", "由表5.1-9可以看出，各过程均有责任人。"),
        ("图3.2-4", "图3.2-4所示的流程每年评审一次。"),
        ("5.3.2", "供方管理见第5.3.2条。"),
        ("表12-3", "明细如表12-3所示。"),
    )[variant]
    return Planted(clean.insert("report", _ITEMS[variant], f"公司按年度开展评价。{said}"), needle=number)


@planter("caption-number-repeated")
def caption_number_repeated(clean: Submission, variant: int) -> Planted:
    if variant < 6:
        number = ("表2.1-1", "表4.1-1", "表5.1-1", "表7.1-2", "表7.2-3", "表7.6-1")[variant]
        title = ("公司荣誉一览", "培训计划", "设备台账", "客户名单", "供方名单", "专利清单")[variant]
        table = table_block([["名称", "数量"], ["甲", "3"], ["乙", "5"]])
        made = clean.insert("report", _ITEMS[variant], caption(f"{number} {title}"), table)
        return Planted(made, needle=number)
    number = ("表7.1-3", "表7.2-2", "表7.4-2", "表7.6-3")[variant - 6]
    head, _, last = number.rpartition("-")
    made = clean
    for later in (5, 4, 3, 2):
        if later >= int(last) and _holds(made, f"{head}-{later} "):
            made = made.replace("report", f"{head}-{later} ", f"{head}-{later + 1} ")
    return Planted(made, needle=number)


@planter("caption-missing-number")
def caption_missing_number(clean: Submission, variant: int) -> Planted:
    number, title = (
        ("表2.1-1", "2019—2021年战略关键绩效指标"),
        ("表4.1-1", "2019年末员工结构"),
        ("表4.3-1", "主要信息系统一览"),
        ("表5.1-2", "关键过程绩效指标设置"),
        ("表7.1-1", "主要软件产品质量指标"),
        ("表7.2-1", "分客户群满意度"),
        ("表7.3-1", "主要经营成果"),
        ("图7.1-1", "新产品销售收入占比"),
        ("图7.3-1", "人均营业收入"),
        ("表7.5-1", "研发与交付过程指标"),
    )[variant]
    return Planted(clean.replace("report", f"{number} {title}", title), needle=title)


@planter("template-remnant")
def template_remnant(clean: Submission, variant: int) -> Planted:
    said = (
        "×××公司高层领导带头践行企业文化。",
        "【此处插入组织架构图】",
        "（请结合本单位实际说明如何开展风险管理）",
        "XX有限公司建立了完善的培训体系。",
        "20XX年，公司共开展培训12次。",
        "此处填写近三年顾客满意度调查情况。",
        "本节应说明组织如何识别关键过程及其要求。",
        "【企业名称】按年度修订程序文件。",
        "供方评价结果待补充。",
        "请简述公司近三年开展的主要改进项目，字数不超过500字。",
    )[variant]
    return Planted(clean.insert("report", _ITEMS[variant], said), needle=said[:8])


@planter("other-award")
def other_award(clean: Submission, variant: int) -> Planted:
    award, said = (
        ("深圳市市长质量奖", "本报告按照深圳市市长质量奖评价准则编写。"),
        ("全国质量奖", "公司对照全国质量奖评审标准开展自评。"),
        ("杭州市人民政府质量奖", "这是公司杭州市人民政府质量奖自评报告的第二部分。"),
        ("上海市市长质量奖", "公司现申报上海市市长质量奖，材料真实有效。"),
        ("中国质量奖", "依据《中国质量奖管理办法》，公司成立了自评小组。"),
        ("天津质量奖", "我公司申请天津市质量奖，特作如下说明。"),
        ("江苏省省长质量奖", "恳请江苏省省长质量奖评审专家予以指正。"),
        ("海淀区区长质量奖", "本次申报海淀区区长质量奖，公司高度重视。"),
        ("泰山质量奖", "根据泰山质量奖评审细则，公司逐条对照。"),
        ("成都市市长质量奖", "以下为成都市市长质量奖申报材料的主要内容。"),
    )[variant]
    needle = "天津市质量奖" if award == "天津质量奖" else award
    return Planted(clean.insert("report", _ITEMS[variant], said), needle=needle)


@planter("standard-outdated")
def standard_outdated(clean: Submission, variant: int) -> Planted:
    cited, said = (
        ("ISO 9001:2008", "公司按照ISO 9001:2008建立质量管理体系。"),
        ("OHSAS 18001", "公司依据OHSAS 18001标准开展职业健康安全管理。"),
        ("GB/T 19580-2004", "公司以GB/T 19580-2004《卓越绩效评价准则》为自评依据。"),
        ("ISO14001:2004", "环境管理执行ISO14001：2004标准的要求。"),
        ("GB/T 19001—2008", "质量手册依据GB/T 19001—2008编制。"),
        ("GB/Z 19579-2004", "自评打分参照GB/Z 19579-2004。"),
        ("ISO/IEC 27001:2005", "信息安全按ISO/IEC 27001:2005进行管控。"),
        ("OHSAS18001", "公司通过了ISO 9001、ISO 14001和OHSAS18001三体系认证。"),
        ("ISO 20000-1:2011", "服务管理符合ISO 20000-1:2011的规定。"),
        ("ISO 9001:2000", "体系文件满足ISO 9001:2000的条款。"),
    )[variant]
    return Planted(clean.insert("report", _ITEMS[variant], said), needle=said[:12] if cited else "")


@planter("personal-data")
def personal_data(clean: Submission, variant: int) -> Planted:
    shown, said = (
        ("138****5678", "联系人：张某，手机13800005678。"),
        ("1101**********1231", f"法定代表人身份证号{identity_number('11010119700101123')}。"),
        ("w***@qq.com", "如需了解详情，请发邮件至wangmou2019@qq.com。"),
        ("159****4321", "项目负责人李某（159-1234-4321）负责解释。"),
        ("6222", "请将款项汇至账户：6222 0210 0111 6245 702。"),
        ("z***@163.com", "投诉邮箱：zhang_li@163.com"),
        ("186****7788", "24小时联系电话：+86 186 1234 7788。"),
        ("3201", f"获奖人王某，身份证{identity_number('32010219850615402')}。"),
        ("177****0099", "值班手机 17712340099"),
        ("l***@foxmail.com", "意见可寄 liming@foxmail.com 收。"),
    )[variant]
    return Planted(clean.insert("report", _ITEMS[variant], said), needle=shown[:4])


@planter("evidence-not-listed")
def evidence_not_listed(clean: Submission, variant: int) -> Planted:
    name, said = (
        ("ISO 22301", "公司2018年通过ISO 22301业务连续性管理体系认证。"),
        ("全国工人先锋号", "交付二部荣获“全国工人先锋号”称号。"),
        ("安全生产许可证", "公司取得建筑施工安全生产许可证。"),
        ("外观设计专利", "公司拥有外观设计专利37件。"),
        ("SA8000", "公司于2019年获得SA8000社会责任认证。"),
        ("首都劳动奖状", "2018年公司荣获“首都劳动奖状”。"),
        ("金桥奖", "该成果获得中国技术市场金桥奖。"),
        ("ISO 37001", "公司取得ISO 37001反贿赂管理体系证书。"),
        ("绿色工厂", "公司被评为“国家级绿色工厂”。"),
        ("实用新型专利", "累计取得实用新型专利26项。"),
    )[variant]
    kind = 2 if "专利" in name else 0 if re.search(r"ISO|SA8000|许可证", name) else 1
    rest = [line for n, line in enumerate(("4 体系认证证书", "5 荣誉证书", "6 专利证书")) if n != kind]
    listed = [
        "证实性材料目录",
        "1 营业执照",
        "2 近三年审计报告",
        "3 CMMI 5级、ISO 9001、20000、27001证书",
        *rest,
    ]
    evidence = Draft("evidence", tuple(Block(0, "paragraph", line) for line in listed), "证实性材料.docx")
    made = clean.insert("report", _ITEMS[variant], said).with_draft(evidence)
    return Planted(made, needle=name[:4])


def identity_number(first: str) -> str:
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(digit) * weight for digit, weight in zip(first, weights, strict=True))
    return first + "10X98765432"[total % 11]


def _holds(submission: Submission, text: str) -> bool:
    return any(text in block.text for block in submission.draft("report").blocks)


def _heading_at(submission: Submission, title: str) -> int:
    blocks = submission.draft("report").blocks
    return next(n for n, block in enumerate(blocks) if block.kind == "heading" and title in block.text)


def _heading_of(submission: Submission, title: str) -> Block:
    return submission.draft("report").blocks[_heading_at(submission, title)]


def _without_section(submission: Submission, title: str) -> Submission:
    return submission.with_section("report", title, ()).remove("report", title)


def _spliced(submission: Submission, at: int, new: tuple[Block, ...]) -> Submission:
    draft = submission.draft("report")
    return submission.with_draft(replace(draft, blocks=(*draft.blocks[:at], *new, *draft.blocks[at:])))
