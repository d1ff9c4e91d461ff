"""Words that show a method at work, and words that only sound like one (own listing, domain notes 7.1 and 4.2)."""

from __future__ import annotations

import re

SENTENCE = re.compile(r"[^。！？!?；;\n]+[。！？!?；;]?")
OWNER = re.compile(
    r"部(?![分署件位队委族落])"
    r"|(?<![\d一二三四五六七八九十百各多到好用妥查位出远])处(?![理于罚置在境方])|科室"
    r"|[办公研教调]室|办公会|办公室|中心(?!思想|工作|任务)"
    r"|委员会|[经安战党团质管]委|小组|专班|车间|工会|事业部|分公司|子公司|研究[院所]|学院"
    r"|党[支组]|高管|高层领导|领导班子"
    r"|董事|监事|经理|总裁|总监|总工|首席|主任|书记|组长|班长|专员|专人|负责人|责任人|所有者"
    r"|主编|评审组|课题组"
    r"|团队|班组|各单位|牵头|归口|主管|分管|院长|校长|馆长|局长|所长"
)
PERIOD = re.compile(
    r"每(?:[一二两三四五六七八九十半\d]*个?(?:年|季|月|周|星期|日|天|晚|早|旬|班|次|批|届|期|轮"
    r"|小时|分钟|工作日|阶段|里程碑|项目|千)|逢)"
    r"|(?:按|逐|分)(?:年|季|月|周|日|旬|批|节点|期|班)|[年季月周日旬]度|[双单]周"
    r"|[年季月周日晨夕班]例?会|[年季月周日]报"
    r"|滚动|实时|即时|例会|\d+月|[一二三四五六七八九十]月份?|[年月季周][初中末底终]|[上下]半年"
    r"|周期|频[次率]|当[天日月]"
    r"|[\d一二两三四五六七八九十]+(?:个)?(?:年|月|周|天|日|小时|分钟"
    r"|工作日)[以之]?[内前后]?(?:一次|复|评|修|轮|更|内|一)"
    r"|全年[^。；]{0,20}\d+[^。；，]{0,2}[次场期届轮项个]|次/[年季月周]|[一二两三四]次"
)
STEP = re.compile(
    r"首先|其次|然后|第[一二三四五]步|步骤|流程|程序|环节|阶段|[①②③]|[（(][1-3一二三][）)]"
    r"|分[为成][^，。]{0,6}[步级层类档]|[三四五六七八]步"
)
TOOL = re.compile(
    r"平衡计分卡|波特|五力|六西格玛|西格玛|精益|卡诺|看板|问卷|访谈|座谈|走访|调研|会议|例会"
    r"|评审会|分析会|质询会|矩阵|模型|台账|[打评记]分"
    r"|分级|分层|积分|抽查|巡检|审计|内审|演练|热线|回访|责任[书状]|责任制|清单|档案|数据库|平台"
    r"|软件|考核|问责|述职|指标"
    r"|预警|否决|红线|头脑风暴|鱼骨图|控制图|帕累托|标杆比对|对标|审批|登记|公示|签订|测评|带教"
    r"|轮岗|导师|自动|机器人|传感|监测"
)
NAMED = re.compile(r"\d|[A-Za-z]{2,}|《[^》]{2,}》")
"""A figure, a date, a code or a document by its name."""
_MADE = re.compile(
    r"(?:建立|制定|编制|出台|发布|设立|成立|设置|实行|推行|采用|运用|应用|按照|依据|通过|构建|搭建|形成)了?"
    r"(?P<what>[^，。；、]{2,16}?)(?:制度|体系|机制|办法|细则|规程|规范|手册|制(?!造|约)"
    r"|法(?=[，。；、对进])|模式)"
)
_VAGUE = re.compile(
    r"健全|完善|科学|有效|相关|各项|各类|一系列|规范|长效|良好|完整|完备|系统|全面|严格|规章"
    r"|管理|工作|建设|先进|现代|行之|切实|可行|合理|的|了|和|与|并|公司|企业|我们"
)
_COUNTED = re.compile(r"[二两三四五六七八九十百]+(?:[级档类列步道层种项条关套]|个(?!方面|层面))")
_SUBJECT = re.compile(r"高层领导|领导班子|高管")
"""Whom the criteria ask of: naming them again says nothing of who does the work."""
EMPTY = re.compile(
    r"高度重视|始终重视|十分重视|非常重视|不断|持续|积极|大力|切实|努力|全面加强|全面提[升高]"
    r"|全力|始终坚持|牢固树立|认真|扎实|进一步|着力|充分发挥"
    r"|深入(?:推进|贯彻|开展|落实)|稳步|统筹|加强|强化|提升|夯实|狠抓|常抓不懈|放在(?:首位"
    r"|突出位置)|引领|助力|推动|促进|营造|凝聚|良好"
)
EXAMPLE = re.compile(
    r"(?:[\s（(]*[一二三四五六\d]+[.．、）)]\s*)?(?:【?(?:典型|应用|实践|具体)?(?:案例|事例"
    r"|实例)[一二三\d]*[:：】，]"
    r"|(?:例如|比如|譬如|举例|举个例子)|拿[^，。]{2,12}来说|如(?=[：:，,]|20\d\d|某)"
    r"|以[^，。]{2,24}为例|(?:有|在)(?:一|某)[次天回]|某(?:次|日|天|年|月|客户|顾客|用户|项目"
    r"|员工|供方|供应商|型号|车间|批)"
    r"|(?:19|20)\d\d年[^，。]{0,12}[，,]?[^，。]{0,6}某|记得|曾有一|还记得"
    r"|[^，。]{0,12}就是一个(?:典型|生动|很好)?的?(?:例子|案例))"
)


def has_method(text: str) -> bool:
    """Whether a text names a step, an owner, a system or a period."""
    return bool(OWNER.search(text) or PERIOD.search(text) or STEP.search(text) or _MADE.search(text))


def is_concrete(text: str, titles: str) -> bool:
    """Whether a text says anything that could be looked at: a figure, a document, an owner, a period, a step,
    a tool, or a system of which more is said than the words of the indicator's ``titles``."""
    said = _SUBJECT.sub("", text)
    patterns = (NAMED, _COUNTED, OWNER, PERIOD, STEP, TOOL)
    return any(pattern.search(said) for pattern in patterns) or _names_a_system(said, titles)


def _names_a_system(text: str, titles: str) -> bool:
    for found in _MADE.finditer(text):
        own = "".join(character for character in _VAGUE.sub("", found["what"]) if character not in titles)
        if len(own) >= 2:
            return True
    return False
