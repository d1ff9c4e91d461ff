"""The yearly report before that of the clean submission: what it announces is taken up there, and its
figures still stand."""

from __future__ import annotations

from models.document import Block
from tests.faults.gold import table_block

_TEXTS = (
    "2019年度卓越绩效自我评价报告",
    "2019年是公司实施新一轮规划的关键一年，现将2019年度自我评价情况报告如下。",
    "公司全年召开战略质询会四次，对三大平台的市场表现逐一复盘，确定了信创适配的先后次序。",
    "交付中心推行三档裁剪包，流水线覆盖152个项目，每日构建2,900次。",
    "人力资源部完成岗位任职资格梳理，六条职业通道全部发布标准。",
    "下一步将推进零信任接入改造，并组织异地双活切换演练。",
    "2020年计划把满意度调查中的远程服务体验单列为一个维度，并引入对话记录情感分析。",
    "下列指标的口径与获奖申报时一致。",
)
_VALUES = (
    ("指标", "单位", "2018年", "2019年"),
    ("营业收入", "万元", "73,518", "88,632"),
    ("净利润", "万元", "6,543", "8,243"),
    ("经营活动现金流量净额", "万元", "5,027", "6,890"),
    ("组件复用率", "%", "41.5", "50.6"),
    ("项目按期交付率", "%", "91.2", "94.6"),
    ("变更成功率", "%", "97.9", "98.8"),
)


def last_year() -> tuple[Block, ...]:
    title, *texts = _TEXTS
    paragraphs = (Block(0, "paragraph", text) for text in texts)
    return (Block(0, "heading", title, level=1), *paragraphs, table_block(_VALUES))
