"""Faults of the yearly report, also beside that of the year before, and of a volume that binds the parts."""

from __future__ import annotations

import re
from dataclasses import replace

from models.document import Block, PartKind
from tests.faults.plant import Planted, Submission, paragraph, planter, table_block

_TITLE = "2020年度卓越绩效自我评价报告"
_PERIOD = "现将2020年度自我评价情况报告如下，统计期间为2020年1月1日至12月31日"
_PAST_YEARS = (
    ("2019年度卓越绩效自我评价报告", "现将2019年度自我评价情况报告如下，统计期间为2019年1月1日至12月31日"),
    ("年度自我评价报告（2019年度）", "报告期为2019年1月1日至2019年12月31日"),
    ("2021年度自我评价报告", "本报告涵盖2021年1月至12月的情况"),
    ("卓越绩效自评报告2018年度", "现将2018年度情况报告如下"),
    ("2019年卓越绩效模式年度报告", "时间范围为2019年1月—12月"),
    ("2021年卓越绩效自我评价报告", "报告期间：2021年1月1日至12月31日"),
    ("卓越绩效自我评价报告（2018年）", "统计期间为2018年1月1日至12月31日"),
    ("2019年度质量管理自我评价报告", "本报告反映2019年度的情况"),
    ("2017年度卓越绩效自我评估报告", "现将2017年度自评情况报告如下"),
    ("2021年度获奖组织自我评价报告", "现将2021年度工作报告如下"),
)
_BESIDE_LAST_YEAR = re.compile(r"上年|去年|同比|[较比]20\d\d年|由[^，。]{0,12}[降升增提]|比上|改进项|评审")
_STANDING_ALONE = (
    "2020年各项指标完成情况良好。", "全年营业收入103,520万元，净利润9,870万元。", "公司逐年提高服务要求。",
    "与往常一样，公司按季度召开经营分析会。", "2020年组件复用率为57.3%，变更成功率为99.2%。",
    "公司持续改进各项工作。", "2020年获得国家级抗疫信息化优秀案例。", "质量目标全部达成。",
    "公司连续三年保持增长。", "",
)  # fmt: skip
_RESTATED = (
    ("营业收入", "88,632", "86,915"), ("营业收入", "73,518", "75,318"), ("净利润", "8,243", "8,024"),
    ("净利润", "6,543", "6,453"), ("经营活动现金流量净额", "6,890", "7,105"),
    ("经营活动现金流量净额", "5,027", "4,870"), ("组件复用率", "50.6", "52.4"),
    ("项目按期交付率", "94.6", "93.9"), ("变更成功率", "98.8", "99.1"), ("项目按期交付率", "91.2", "92.1"),
)  # fmt: skip
_GONE = (
    "员工培训满意度", "供方来料合格率", "设备完好率", "万元产值综合能耗", "顾客投诉处理及时率",
    "合同履约率", "隐患整改率", "新产品销售收入占比", "需求响应时间", "库存周转次数",
)  # fmt: skip
_COPIED = (
    ("2020年2月，总裁在全员直播中宣布", "针对远程开发带来的评审松动", "疫情初期经委会启动最低经营线预案"),
    ("4月和8月，战略与企划部两次重做环境扫描", "2021年滚动规划采用", "受限于现场走访"),
    ("铁三角覆盖的钻石客户增至66家", "2020年对调查办法做了两处改动", "获奖后市场与品牌部修订"),
    ("2020年品牌价值评估为11.2亿元", "安委会将居家值守纳入检查", "考虑到防疫应用采集的个人信息敏感"),
    ("4月起，投标与采购全流程转到线上", "疫情期间公司为驻场和返岗人员", "“砚池”开设“远程交付”专区"),
    ("全年新开工的198个项目", "“砚田学院”全部课程上云", "财务部将217个存量项目"),
    ("上半年完成零信任接入改造", "受疫情影响，行政与设施部", "联合实验室产出隐私计算原型"),
    ("向46家代理赠送远程实施工具包", "总结抗疫经验后", "全年结题流程改进课题74项"),
    ("四季度组织47名内部评审员", "创新种子基金改为线上路演", "1月至4月，公司组织工程师87人次"),
    ("产品质量继续改善", "人力与技术资源方面", "战略与责任方面"),
)
_REWORDED = (("2020年", "2019年"), ("全年", "年内"), ("公司", "本公司"))
_PROMISED = (
    "2020年公司将建设智能仓储中心并上线批次追溯系统。", "下一步将引入六西格玛黑带培养机制。",
    "下一年计划改造二号厂房的废水处理设施。", "公司拟建立海外经销商分级评价制度。",
    "明年将着力缩短备件采购周期。", "改进措施为：对老旧电梯实施加装护栏改造。",
    "今后公司将逐步推广碳排放核算。", "下一步重点完善退休职工健康档案。",
    "2020年将开展供应链金融试点，覆盖二级供方。", "未来将提升展厅讲解预约服务。",
)  # fmt: skip
_ORDERS: tuple[tuple[PartKind, ...], ...] = (
    ("report", "overview", "evidence"), ("report", "evidence", "overview"),
    ("evidence", "overview", "report"), ("evidence", "report", "overview"),
    ("overview", "evidence", "report"), ("report", "overview"),
    ("evidence", "report"), ("evidence", "overview"), ("report", "overview", "annual", "evidence"),
    ("annual", "evidence", "report"),
)  # fmt: skip
_NAMES: dict[PartKind, str] = {"overview": "组织概述", "report": "自评报告", "evidence": "证实性材料"}


@planter("annual-year-wrong")
def annual_year_wrong(clean: Submission, variant: int) -> Planted:
    title, period = _PAST_YEARS[variant]
    made = clean.replace("annual", _TITLE, title).replace("annual", _PERIOD, period)
    (year,) = set(re.findall(r"20\d\d", title))
    return Planted(made, f"是{year}年度")


@planter("annual-no-comparison")
def annual_no_comparison(clean: Submission, variant: int) -> Planted:
    draft = clean.draft("annual")
    told = (b for b in draft.blocks if b.table is None)
    kept = (b for b in told if b.kind == "heading" or not _BESIDE_LAST_YEAR.search(b.text))
    blocks = (*kept, *([paragraph(_STANDING_ALONE[variant])] if _STANDING_ALONE[variant] else []))
    return Planted(clean.with_draft(replace(draft, blocks=blocks)), "与上年比较")


@planter("annual-kpi-restated")
def annual_kpi_restated(clean: Submission, variant: int) -> Planted:
    name, old, new = _RESTATED[variant]
    return Planted(clean.replace("annual", old, new), name)


@planter("annual-kpi-gone")
def annual_kpi_gone(clean: Submission, variant: int) -> Planted:
    rows = [["指标", "单位", "2018年", "2019年"], [_GONE[variant], "%", f"9{variant}.1", f"9{variant}.4"]]
    return Planted(_with_earlier(clean, table_block(rows)), _GONE[variant])


@planter("annual-same-text")
def annual_same_text(clean: Submission, variant: int) -> Planted:
    """Three paragraphs stood in the earlier report, every other variant with a few words changed."""
    blocks = clean.draft("annual").blocks
    texts = [next(b.text for b in blocks if b.text.startswith(start)) for start in _COPIED[variant]]
    for old, new in _REWORDED if variant % 2 else ():
        texts = [text.replace(old, new, 1) for text in texts]
    return Planted(_with_earlier(clean, *map(paragraph, texts)), _COPIED[variant][1])


@planter("annual-promise-open")
def annual_promise_open(clean: Submission, variant: int) -> Planted:
    promise = _PROMISED[variant]
    return Planted(_with_earlier(clean, paragraph(promise)), promise[:12])


@planter("parts-out-of-order")
def parts_out_of_order(clean: Submission, variant: int) -> Planted:
    name = f"合订本（第{variant + 1}册）.docx"
    bound = tuple(replace(clean.draft(kind), filename=name) for kind in _ORDERS[variant])
    others = tuple(draft for draft in clean.drafts if draft.kind not in _ORDERS[variant])
    order = "、".join(_NAMES[kind] for kind in _ORDERS[variant] if kind in _NAMES)
    return Planted(replace(clean, drafts=(*bound, *others)), order)


def _with_earlier(clean: Submission, *added: Block) -> Submission:
    assert clean.earlier is not None
    return replace(clean, earlier=replace(clean.earlier, blocks=(*clean.earlier.blocks, *added)))
