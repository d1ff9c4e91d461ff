#!/usr/bin/env python3
"""Make a realistic full-size Chinese self-assessment report with known content.

    python make_report.py --out DIR [--seed 7] [--chars 58000] [--numbering text|auto]
                          [--pdf] [--toc-pages] [--scale 1.0] [--font "Noto Serif CJK SC"]

Writes DIR/report.docx, DIR/report.truth.json and, with --pdf (LibreOffice on PATH), DIR/report.pdf.
Everything (organisation, people, figures, prose) is invented.  Same arguments -> same content.

What is in the document, and in the truth file:
  headings of chapters 0..7 with 3 numbered levels and unnumbered level-4 question headings; prose;
  80 ruled tables (45 KPI tables in 8 layouts, 35 others), 4 three-line tables, 4 borderless tables,
  4 passages aligned by tabs or spaces; 20 native charts (chart part + embedded workbook), 12 pictures
  with writing in them, 10 text boxes (with the VML fallback copy), 20 footnotes, header and footer with
  page fields, a table-of-contents field, tracked insertions and deletions, hyperlinks, content controls,
  soft line breaks, full-width spaces.  Some tables run over a page break, with or without a repeated header.

Needs python-docx and lxml; openpyxl for the charts' workbooks; Pillow for pictures.
"""
import argparse, hashlib, io, json, os, random, re, shutil, subprocess, sys, tempfile, unicodedata, zipfile
from xml.sax.saxutils import escape
import docx
from docx.shared import Pt, Cm
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.opc.part import Part
from docx.opc.packuri import PackURI

W = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
NS = (f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
      'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
      'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
      'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
      'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
      'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
      'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"')
RT = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
ORG = '京衡智能装备股份有限公司'
SHORT = '京衡智装'
YEARS5 = ['2019', '2020', '2021', '2022', '2023']
YEARS3 = ['2021', '2022', '2023']
COMPETITORS = ['竞争对手A', '竞争对手B', '华测仪表', '北辰精工']
BENCH = ['行业标杆', '标杆企业', '国际标杆（德国K公司）']

# ---------------------------------------------------------------- content: sections and vocabulary
SECTIONS = [
 ('0', '组织概述', None), ('0.1', '组织描述', None),
 ('0.1.1', '组织环境', '产品谱系、服务交付方式、员工构成、技术装备、法规环境、文化特色'),
 ('0.1.2', '组织关系', '股东结构、治理架构、关键顾客群、供方类别、经销渠道、沟通机制'),
 ('0.2', '组织面临的挑战', None),
 ('0.2.1', '竞争环境', '市场份额、竞争对手类型、成功要素、替代技术、合作机会、对比数据来源'),
 ('0.2.2', '挑战优势', '核心零部件依赖、高端人才缺口、成本压力、品牌积淀、研发平台、服务网络'),
 ('0.2.3', '绩效系统', '绩效评价方法、改进项目库、知识分享平台、管理评审、内部对标、学习型班组'),
 ('1', '领导', None), ('1.1', '高层领导的作用', None),
 ('1.1.1', '组织文化', '使命愿景、核心价值观、文化手册、双向沟通、文化大使、诚信守法环境'),
 ('1.1.2', '品牌建设', '品牌规划、品牌架构、品牌传播、品牌价值评估、商标保护、品牌危机处置'),
 ('1.1.3', '安全生产', '安全责任制、双重预防机制、隐患排查、应急演练、安全投入、相关方安全管理'),
 ('1.1.4', '质量责任', '首席质量官、质量承诺、质量追溯、缺陷召回、质量例会、一票否决'),
 ('1.1.5', '风险意识', '接班人培养、经营连续性计划、风险文化、情景推演、领导力模型、轮岗历练'),
 ('1.1.6', '组织绩效', '经营分析会、关键绩效指标看板、改进优先次序、差距分析、创新立项、跟踪闭环'),
 ('1.2', '组织治理', None),
 ('1.2.1', '治理体系', '股东会、董事会专门委员会、监督机制、内部审计、信息披露、中小股东权益'),
 ('1.2.2', '高层绩效', '年度述职、任期考核、治理成员评价、薪酬挂钩、领导体系改进、三百六十度反馈'),
 ('1.2.3', '风险管理', '风险初始信息、风险辨识、风险评估矩阵、应对策略、风险预警、监督改进'),
 ('1.3', '社会责任', None),
 ('1.3.1', '公共责任', '环境因素评价、节能降碳、危险废物管理、公众隐忧、合规义务、绿色工厂'),
 ('1.3.2', '道德行为', '商业道德准则、廉洁协议、信用体系、举报渠道、利益冲突申报、合规培训'),
 ('1.3.3', '公益支持', '助学计划、乡村振兴、技能公益课堂、志愿服务、捐赠管理、社区共建'),
 ('2', '战略', None), ('2.1', '战略制定', None),
 ('2.1.1', '战略分析', '宏观环境扫描、五力模型、态势矩阵、战略委员会、标杆研究、资源能力评估'),
 ('2.1.2', '战略目标', '三步走规划、战略地图、时间表、长短期平衡、商业模式创新、区域协同布局'),
 ('2.2', '战略部署', None),
 ('2.2.1', '战略实施', '年度经营计划、部门目标责任书、资源配置、重点任务、动态调整、监测体系'),
 ('2.2.2', '战略绩效', '滚动预测、回归分析、对标差距、改进项目、战略复盘、预警阈值'),
 ('3', '顾客与市场', None), ('3.1', '顾客和市场的了解', None),
 ('3.1.1', '顾客识别', '市场细分、目标顾客群、潜在顾客、竞品用户、区域画像、行业应用场景'),
 ('3.1.2', '顾客需求', '走访调研、质量功能展开、需求分级、使用场景观察、意见库、需求转化'),
 ('3.2', '顾客关系和顾客满意', None),
 ('3.2.1', '顾客关系', '分级服务、大客户经理、服务热线、远程诊断、投诉闭环、备件保障'),
 ('3.2.2', '顾客满意', '满意度模型、第三方调查、净推荐值、竞品对比、回访机制、整改验证'),
 ('4', '资源', None), ('4.1', '人力资源', None),
 ('4.1.1', '组织管理', '扁平化组织、项目制、人力规划、胜任力模型、招聘渠道、合理化建议'),
 ('4.1.2', '员工绩效', '目标分解、绩效面谈、宽带薪酬、股权激励、专项奖励、结果应用'),
 ('4.1.3', '学习发展', '双通道晋升、企业学院、导师制、继任计划、技能等级认定、培训评估'),
 ('4.1.4', '员工满意', '职业健康、弹性福利、满意度调查、关爱基金、疗休养、工作环境改善'),
 ('4.2', '财务资源', None),
 ('4.2.1', '资金运作', '资金预算、授信管理、应收账款、存货周转、融资结构、现金池'),
 ('4.2.2', '财务管理', '全面预算、标准成本、财务风险预警、内控制度、税务筹划、投资评审'),
 ('4.3', '信息和知识资源', None),
 ('4.3.1', '信息管理', '信息源识别、数据标准、供应链协同、数据开放、情报分析、主数据治理'),
 ('4.3.2', '信息系统', '制造执行系统、企业资源计划、工业互联网平台、信息安全、灾备演练、系统集成'),
 ('4.3.3', '知识管理', '知识地图、案例库、专家社区、最佳实践、保密分级、知识积分'),
 ('4.4', '技术资源', None),
 ('4.4.1', '技术管理', '技术路线图、标准体系、专利布局、技术诀窍、成熟度评价、工艺数据库'),
 ('4.4.2', '自主创新', '产学研联盟、关键核心技术、中试基地、成果转化、首台套、博士后工作站'),
 ('4.5', '基础设施', None),
 ('4.5.1', '设施配置', '智能产线、检测实验室、立体仓库、能源管理系统、恒温车间、物流设施'),
 ('4.5.2', '设施管理', '预防性维护、全员生产维护、备件定额、更新改造、故障树分析、停机损失'),
 ('4.6', '相关方关系', None),
 ('4.6.1', '关系管理', '战略供方、分类评价、联合开发、供方绩效、经销商分级、利益共享'),
 ('4.6.2', '合作支持', '供方帮扶、技术交流日、联合改进、信息共享、长期协议、绿色采购'),
 ('5', '过程管理', None), ('5.1', '过程的识别与设计', None),
 ('5.1.1', '过程识别', '价值链分析、过程清单、关键过程判定、过程要求、相关方要求、乌龟图'),
 ('5.1.2', '过程设计', '并行工程、失效模式分析、节拍设计、过程指标、应急响应、仿真验证'),
 ('5.2', '过程的实施与改进', None),
 ('5.2.1', '过程实施', '作业指导书、统计过程控制、在线检测、防错装置、可视化管理、过程审核'),
 ('5.2.2', '过程改进', '六西格玛项目、精益改善周、价值流图、数字孪生、绿色工艺、标准化固化'),
 ('6', '测量、分析与改进', None), ('6.1', '测量、分析和评价', None),
 ('6.1.1', '绩效测量', '指标字典、采集频次、数据校验、对比数据库、指标调整、自动取数'),
 ('6.1.2', '绩效评价', '趋势分析、相关分析、成熟度自评、改进机会、经营看板、根因分析'),
 ('6.2', '改进与创新', None),
 ('6.2.1', '创新管理', '创新规划、研发投入、容错机制、创新积分、成果评审、推广复制'),
 ('6.2.2', '创新方法', '质量管理小组、试验设计、田口方法、发明问题解决理论、统计软件、创客空间'),
 ('7', '结果', None), ('7.1', '产品和服务结果', None),
 ('7.1.1', '产品和服务结果', '一次交验合格率、平均无故障时间、检测精度、交付及时性、服务响应、竞品对比'),
 ('7.1.2', '产品和服务创新成果', '新产品销售占比、首台套认定、专利产品、科技奖励、标准制定、服务模式'),
 ('7.2', '顾客与市场结果', None),
 ('7.2.1', '顾客结果', '满意度得分、忠诚度、投诉处理、重复购买、净推荐值、顾客流失'),
 ('7.2.2', '市场结果', '市场占有率、出口额、新市场开拓、渠道覆盖、中标率、市场排名'),
 ('7.3', '财务结果', None),
 ('7.3.1', '财务绩效', '主营业务收入、利润总额、净资产收益率、资产负债率、现金流、税收贡献'),
 ('7.4', '资源结果', None),
 ('7.4.1', '人力结果', '劳动生产率、关键岗位保有率、培训学时、员工满意度、高级职称占比、工伤率'),
 ('7.4.2', '信息结果', '系统可用率、数据准确率、知识条目、信息化投入、安全事件、流程线上化'),
 ('7.4.3', '技术结果', '授权专利、研发强度、标准数量、成果转化率、技术水平、软件著作权'),
 ('7.4.4', '设施结果', '设备综合效率、设备完好率、故障停机、更新改造、计量确认、能耗水平'),
 ('7.4.5', '关系结果', '供方合格率、战略供方数、准时到货、联合项目、经销商满意、采购成本'),
 ('7.5', '过程有效性结果', None),
 ('7.5.1', '过程有效性', '研发周期、生产周期、过程能力、库存周转、物流准时、单位成本'),
 ('7.6', '领导方面的结果', None),
 ('7.6.1', '战略结果', '目标达成率、重点任务完成、市值增长、布局落地、战略项目、协同收益'),
 ('7.6.2', '组织结果', '合规检查、审计整改、董事会运作、风险事件、信息披露、内控缺陷'),
 ('7.6.3', '品牌结果', '品牌价值、知名度、美誉度、媒体报道、商标注册、品牌奖项'),
 ('7.6.4', '责任结果', '单位产值能耗、排放达标、公益投入、志愿时长、安全生产、信用等级'),
]
QUESTIONS = ['方法的确立与依据', '展开与实施', '测量与评价', '学习、改进与创新', '与战略的整合']
DEPTS = ['质量管理部', '战略发展部', '人力资源部', '研发中心', '智能制造部', '供应链管理部', '财务管理部', '市场营销部',
         '客户服务部', '安全环保部', '信息技术部', '董事会办公室', '审计监察部', '品牌文化部', '行政保障部']
FREQ = ['每月', '每季度', '每半年', '每年一季度', '每周', '按项目节点', '在年度管理评审前']
METHODS = ['策划、实施、检查、处置循环', '平衡计分卡', '关键成功因素法', '标杆对比法', '鱼骨图与五问法', '层次分析法', '德尔菲专家咨询',
           '帕累托分析', '蒙特卡洛模拟', '因果矩阵', '控制图与过程能力分析', '卡诺模型', '结构方程模型', '头脑风暴与亲和图']
EFFECT = ['问题重复发生率明显降低', '跨部门协作周期缩短', '一线员工参与率稳步提高', '顾客反馈的响应速度加快', '制度执行偏差显著减少',
          '资源投入更加聚焦', '管理成本占比持续下降', '数据口径实现统一', '关键岗位的风险暴露面收窄', '成果在三个事业部完成复制']
SYS = ['“京衡云控”平台', '质量大数据系统', 'MES系统', 'ERP系统（V8.2）', 'CRM系统', 'PLM系统', 'OA协同门户', 'BI经营驾驶舱', 'SRM供方门户', 'EHS管理系统']
STD = ['GB/T 19001-2016', 'GB/T 24001-2016', 'GB/T 45001-2020', 'GB/T 19580-2012', 'ISO 10012:2003', 'GB/T 23001-2017', 'GB/T 29490-2023']
TPL = [
 '公司把{a}作为{t}工作的起点，由{d}牵头，会同{d2}编制并发布了《{a}管理办法（{y}版）》，明确了{k}项职责、{k2}个控制节点和对应的记录要求。',
 '在{a}方面，公司{f}组织专题研讨，运用{m}对内外部信息进行归集、分析与验证，近三年累计形成{n}份分析报告，其中{k}份转化为年度重点任务。',
 '围绕{a}与{b}的衔接关系，{d}建立了“输入—活动—输出—测量”四段式流程，并将其固化在{s}中，流程线上化率由{y0}年的{p0}%提升至{y}年的{p}%。',
 '为使{a}覆盖全部层级，公司将要求分解到{k}个事业部、{k2}个职能部门和{n}个班组，{f}由{d}对执行情况进行检查，检查结果纳入绩效考核。',
 '针对{b}，公司依据{std}的要求开展了差距分析，识别出{k}类薄弱环节，制定整改措施{n}条，截至{y}年末完成率为{p}%。',
 '{d}每年从有效性、效率和适宜性三个角度对{a}进行评价，评价采用{m}，得分由{y0}年的{s0}分上升到{y}年的{s1}分。',
 '通过对{a}数据的分层统计，公司发现{c}与{b}之间存在显著相关关系（r=0.{r2}，P<0.05），据此调整了资源投入的优先次序。',
 '{y}年，公司在{c}上投入专项资金{n}.{k}万元，建成{k2}个示范单元，{e}。',
 '公司高层领导以身作则，{f}深入现场参加{a}专题活动，{y}年董事长、总经理带队调研{n}次，现场解决问题{n2}项。',
 '与竞争对手相比，公司在{a}方面具有先发优势，但在{c}方面仍存在差距；为此将其列入{y}—2026年改进路线图，明确了责任人和完成时限。',
 '员工可以通过{s}提出与{b}有关的建议，{y}年共收到建议{n}条，采纳{n2}条，产生直接经济效益约{k}{k2}.6万元。',
 '公司把{c}的典型经验整理为{k}个案例，收录到知识库，并通过内部讲师授课{n}场次，参训人员达{n2}人次，{e}。',
 '在顾客、供方和社区等相关方层面，公司就{b}建立了定期沟通机制，{f}发布简报，确保信息的准确、完整和可追溯。',
 '当外部环境发生重大变化时，{d}在{k}个工作日内启动{a}的重新评估程序，必要时提交战略委员会审议，避免决策滞后。',
 '经过持续改进，{a}已由单点管理发展为系统管理，形成了“{k}横{k2}纵”的管理架构，{e}，{e2}。',
 '上述做法在{y}年通过了第三方机构的现场审核，审核组认为公司的{b}具有行业推广价值，相关成果获得市级管理创新成果{lv}等奖。',
 '{d2}负责对{c}的过程数据进行采集与校验，采集频次为每{k}小时一次，异常数据在{k2}小时内完成复核并留痕。',
 '公司建立了{a}的三级预警机制：当偏差超过{k}%时由班组处置，超过{k2}%时由{d}处置，连续两期异常则提交总经理办公会。',
 '从{y0}年到{y}年，与{t}相关的改进项目共{n}项，其中{n2}项达到预期目标，平均改进周期为{k}.{k2}个月，比上一周期缩短{p2}%。',
 '为防止改进成果回退，公司将{b}的有效措施写入标准作业文件，由{d}组织{f}复核，确认现场与文件一致。',
 '结合首都城市功能定位，公司将{a}与高端化、智能化、绿色化方向结合起来，优先支持{c}项目，{y}年相关投入占比达到{p2}%。',
 '在学习方面，公司先后对标{k}家国内外先进组织，形成对标报告{k2}份；例如借鉴某轨道交通企业的经验，重新设计了{c}的评价表单。',
 '{a}的责任矩阵采用“负责、审批、支持、知会”四种角色，确保每项活动均有唯一责任主体，避免职责交叉与真空。',
 '{y}年第{k}季度，公司组织了一次覆盖{n}人的问卷调查，{b}的认知度为{p}%，比{y0}年提高了{k}.{k2}个百分点。',
 '对于{c}中暴露出的共性问题，由{d}运用{m}查找根本原因，形成纠正措施，并在{k2}周后进行效果验证。',
]
KPI = {  # area -> (name, unit, base, yearly change, decimals, up is good)
 '7.1.1': [('主导产品一次交验合格率', '%', 96.2, .7, 2, 1), ('平均无故障工作时间', '小时', 8600, 420, 0, 1), ('检测重复精度', 'μm', 2.8, -.25, 2, 0),
           ('订单准时交付率', '%', 92.5, 1.6, 1, 1), ('服务响应时间', '小时', 6.5, -.9, 1, 0), ('千台故障率', '台/千台', 14.6, -2.1, 1, 0), ('出厂检验合格率', '%', 98.6, .3, 2, 1), ('维修一次修复率', '%', 90.1, 1.5, 1, 1)],
 '7.1.2': [('新产品销售收入占比', '%', 28.4, 3.3, 1, 1), ('省部级以上科技奖励', '项', 2, 1, 0, 1), ('主导或参与制定标准', '项', 6, 3, 0, 1), ('首台（套）产品认定', '项', 1, 1, 0, 1), ('创新服务模式收入', '万元', 3260, 880, 0, 1)],
 '7.2.1': [('顾客满意度', '分', 88.6, 1.2, 1, 1), ('顾客忠诚度', '%', 81.3, 2.0, 1, 1), ('顾客投诉处理及时率', '%', 95.8, 1.1, 1, 1), ('重复购买率', '%', 62.5, 3.1, 1, 1), ('净推荐值', '%', 41.0, 4.5, 1, 1), ('万元产值投诉次数', '次', .42, -.06, 2, 0)],
 '7.2.2': [('国内市场占有率', '%', 18.6, 1.7, 1, 1), ('出口额', '万美元', 1820, 310, 0, 1), ('新增顾客数', '家', 136, 27, 0, 1), ('项目中标率', '%', 34.2, 2.6, 1, 1), ('渠道覆盖城市数', '个', 58, 9, 0, 1)],
 '7.3.1': [('主营业务收入', '万元', 128650.4, 15320, 1, 1), ('利润总额', '万元', 14230.6, 2110, 1, 1), ('净资产收益率', '%', 12.4, .8, 2, 1), ('资产负债率', '%', 46.8, -1.3, 2, 0), ('经营活动现金流量净额', '万元', -860, 1980, 0, 1),
           ('总资产周转率', '次', .82, .04, 2, 1), ('应收账款周转天数', '天', 96, -6, 0, 0), ('纳税总额', '万元', 8120, 930, 0, 1), ('研发费用占营业收入比重', '%', 6.2, .5, 2, 1)],
 '7.4.1': [('全员劳动生产率', '万元/人', 68.4, 6.2, 1, 1), ('关键岗位人员保有率', '%', 93.5, 1.1, 1, 1), ('人均培训学时', '学时', 46, 6, 0, 1), ('员工满意度', '%', 84.6, 1.4, 1, 1), ('高级职称人员占比', '%', 11.8, .9, 1, 1), ('千人工伤率', '‰', 1.6, -.3, 2, 0), ('合理化建议采纳率', '%', 54.0, 4.0, 1, 1)],
 '7.4.2': [('核心系统可用率', '%', 99.2, .18, 2, 1), ('主数据准确率', '%', 96.1, .8, 1, 1), ('知识库有效条目', '条', 8420, 1630, 0, 1), ('信息化投入占比', '%', 1.4, .18, 2, 1), ('信息安全事件', '起', 3, -1, 0, 0)],
 '7.4.3': [('有效发明专利', '件', 86, 21, 0, 1), ('软件著作权', '件', 64, 14, 0, 1), ('科技成果转化率', '%', 61.0, 4.2, 1, 1), ('研发人员占比', '%', 24.5, 1.2, 1, 1), ('技术合同成交额', '万元', 2140, 560, 0, 1)],
 '7.4.4': [('设备综合效率', '%', 76.4, 2.4, 1, 1), ('设备完好率', '%', 96.8, .5, 1, 1), ('设备故障停机时间', '小时/月', 18.2, -2.6, 1, 0), ('计量器具确认合格率', '%', 99.0, .2, 2, 1), ('单位面积产值', '万元/㎡', 1.92, .16, 2, 1)],
 '7.4.5': [('供方来料合格率', '%', 97.4, .5, 2, 1), ('战略供方数量', '家', 18, 4, 0, 1), ('供方准时到货率', '%', 91.6, 1.5, 1, 1), ('经销商满意度', '分', 85.2, 1.3, 1, 1), ('采购成本降低率', '%', 2.1, .6, 1, 1)],
 '7.5.1': [('新产品研发周期', '月', 16.5, -1.4, 1, 0), ('生产周期', '天', 32, -3, 0, 0), ('关键工序过程能力指数', 'Cpk', 1.21, .08, 2, 1), ('存货周转率', '次/年', 4.1, .4, 2, 1), ('物流准时率', '%', 94.2, 1.0, 1, 1), ('单位产品制造成本', '元/台', 21650, -780, 0, 0), ('内部质量损失率', '%', .86, -.11, 2, 0)],
 '7.6.1': [('战略关键绩效指标达成率', '%', 91.5, 1.8, 1, 1), ('年度重点任务完成率', '%', 93.0, 1.4, 1, 1), ('京津冀协同业务收入', '万元', 26400, 5200, 0, 1), ('战略项目按期完成率', '%', 88.2, 2.2, 1, 1)],
 '7.6.2': [('内部审计问题整改率', '%', 95.0, 1.4, 1, 1), ('重大风险事件', '起', 1, -1, 0, 0), ('董事会会议出席率', '%', 96.5, .9, 1, 1), ('合同履约率', '%', 98.8, .3, 2, 1), ('内控缺陷数量', '个', 12, -3, 0, 0)],
 '7.6.3': [('品牌价值', '亿元', 18.6, 3.4, 2, 1), ('品牌知名度', '%', 62.0, 3.8, 1, 1), ('品牌美誉度', '%', 84.1, 1.5, 1, 1), ('有效注册商标', '件', 46, 8, 0, 1)],
 '7.6.4': [('单位产值综合能耗', 'kgce/万元', 21.4, -1.9, 2, 0), ('主要污染物排放达标率', '%', 100, 0, 0, 1), ('公益投入', '万元', 186, 42, 0, 1), ('志愿服务时长', '小时', 5260, 840, 0, 1), ('百万工时损工事故率', '', .82, -.14, 2, 0), ('安全隐患整改率', '%', 97.5, .9, 1, 1), ('碳排放强度', 'tCO2e/万元', .142, -.011, 3, 0)],
 '2.2.2': [('营业收入增长率', '%', 10.2, 1.1, 1, 1), ('高端产品占比', '%', 31.5, 3.6, 1, 1), ('海外收入占比', '%', 8.4, 1.2, 1, 1)],
 '1.1.6': [('人均创利', '万元', 7.4, .9, 2, 1), ('综合绩效得分', '分', 86.2, 1.9, 1, 1), ('改进项目完成率', '%', 90.4, 1.8, 1, 1)],
 '4.2.1': [('流动比率', '', 1.48, .07, 2, 1), ('资金集中度', '%', 82.0, 3.0, 1, 1), ('综合融资成本', '%', 4.65, -.22, 2, 0)],
 '5.2.2': [('六西格玛项目收益', '万元', 620, 140, 0, 1), ('精益改善提案数', '件', 1240, 310, 0, 1), ('自动化率', '%', 58.0, 5.5, 1, 1)],
}
OTHER_HEADERS = [
 (['序号', '活动内容', '责任部门', '频次', '输出记录'], 'act'), (['相关方', '需求与期望', '沟通渠道', '频次', '责任部门'], 'stake'),
 (['风险类别', '风险描述', '可能性', '影响程度', '应对措施'], 'risk'), (['过程名称', '关键要求', '过程指标', '控制方法'], 'proc'),
 (['项目', '内容说明', '完成时限', '责任人'], 'plan'), (['方法', '适用范围', '实施要点', '改进历程'], 'meth')]


class Ctx: pass


IGNORED = set("\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad")
SPACE = set(" \t\n\r\u00a0\u3000\u202f") | {chr(c) for c in range(0x2002, 0x200b)}


def is_asian(ch):
    """Word's "Asian" characters as in wordcount.md, section 3."""
    if ord(ch) < 0x80 or ch == '\u2013':
        return False
    width, category = unicodedata.east_asian_width(ch), unicodedata.category(ch)
    if width in 'WF' or 0x3001 <= ord(ch) <= 0x33ff or 0xfe30 <= ord(ch) <= 0xfe4f or 0xff01 <= ord(ch) <= 0xffef:
        return True
    return width == 'A' and category[0] not in 'LM'


def wc(text):
    """字数 as Word counts it (wordcount.md, section 3): an Asian character counts 1, a run of other non-space characters 1."""
    n, in_run = 0, False
    for ch in text:
        if ch in IGNORED:
            continue
        if ch in SPACE:
            in_run = False
        elif is_asian(ch):
            n, in_run = n + 1, False
        else:
            n, in_run = n + (not in_run), True
    return n


def sentence(rng, sec, title, terms):
    a, b, c = rng.sample(terms, 3)
    y = rng.choice(YEARS3); y0 = str(int(y) - rng.choice([1, 2]))
    p = rng.randint(82, 99); d = rng.sample(DEPTS, 2); e = rng.sample(EFFECT, 2)
    return rng.choice(TPL).format(a=a, b=b, c=c, t=title, y=y, y0=y0, p=p, p0=p - rng.randint(6, 30), p2=rng.randint(8, 38), k=rng.randint(2, 6), k2=rng.randint(3, 9),
        n=rng.randint(12, 96), n2=rng.randint(5, 48), d=d[0], d2=d[1], f=rng.choice(FREQ), m=rng.choice(METHODS), s=rng.choice(SYS), std=rng.choice(STD),
        s0=rng.randint(61, 74), s1=rng.randint(78, 93), r2=rng.randint(61, 93), e=e[0], e2=e[1], lv=rng.choice('一二三'))


def paragraph(rng, sec, title, terms, n=None):
    return ''.join(sentence(rng, sec, title, terms) for _ in range(n or rng.randint(2, 4)))


# ---------------------------------------------------------------- tables
def fmt(v, dec, rng, style):
    if style == 'thousands' and abs(v) >= 1000:
        return f'{v:,.{dec}f}'
    if style == 'paren' and v < 0:
        return f'（{abs(v):.{dec}f}）'
    return f'{v:.{dec}f}'


def series(rng, k, years):
    name, unit, base, step, dec, up = k
    out, v = {}, base - step * (len(years) - 3) + rng.uniform(-.4, .4) * step
    for y in years:
        out[y] = min(v, 100.0) if unit == '%' else (max(v, 0) if base >= 0 else v)
        v += step * rng.uniform(.5, 1.4) * (1 if rng.random() > .1 else -.6)
    return {y: round(x, dec) for y, x in out.items()}


def kpi_record(rng, k, years, style):
    name, unit, base, step, dec, up = k
    s = series(rng, k, years)
    last = s[years[-1]]
    tgt = round(last - abs(step) * rng.uniform(0, .5) * (1 if up else -1), dec)
    comp = round(last - abs(step) * rng.uniform(.5, 3) * (1 if up else -1), dec)
    ben = round(last + abs(step) * rng.uniform(-.5, 2) * (1 if up else -1), dec)
    if unit == '%':
        tgt, comp, ben = min(tgt, 100), min(comp, 100), min(ben, 100)
    f = lambda v: fmt(v, dec, rng, style)
    return dict(kpi=name, unit=unit, up=bool(up), years={y: f(v) for y, v in s.items()}, num={y: v for y, v in s.items()},
                target=('≥' if up else '≤') + f(tgt) if rng.random() < .5 else f(tgt), target_num=tgt, competitor=f(comp), competitor_num=comp, benchmark=f(ben), benchmark_num=ben)


def kpi_table(rng, layout, sec, pool, tid):
    """Returns rows, merges, header_rows, caption, records."""
    style = rng.choice(['plain', 'plain', 'thousands', 'paren'])
    years = YEARS5 if layout in ('five', 'cats5') else (['2020', '2021', '2022', '2023'] if layout == 'pairs4' else YEARS3)
    ks = rng.sample(pool, min(len(pool), {'one': 1, 'rowsyears': 3}.get(layout, rng.randint(3, 7))))
    comp = rng.choice(COMPETITORS); ben = rng.choice(BENCH)
    recs = [kpi_record(rng, k, years, style) for k in ks]
    merges, rows = [], []
    title = dict(SECT)[sec]
    cap = f'{title}关键绩效指标'
    for r in recs:
        r.update(table=tid, section=sec, competitor_name=comp, benchmark_name=ben, target_year=years[-1])
    un = lambda r: r['unit'] or '—'
    if layout == 'flat':
        rows = [['序号', '关键绩效指标', '单位'] + [f'{y}年' for y in years] + [f'{years[-1]}年目标值', comp, ben]]
        for i, r in enumerate(recs):
            rows.append([str(i + 1), r['kpi'], un(r)] + [r['years'][y] for y in years] + [r['target'], r['competitor'], r['benchmark']])
        hr = 1
    elif layout in ('two', 'five'):
        n = len(years)
        rows = [['指标名称', '单位', '实际值'] + [''] * (n - 1) + ['目标值', '对比情况', ''], ['', ''] + [f'{y}年' for y in years] + ['', comp, ben]]
        merges = [(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 1 + n), (0, 2 + n, 1, 2 + n), (0, 3 + n, 0, 4 + n)]
        for r in recs:
            rows.append([r['kpi'], un(r)] + [r['years'][y] for y in years] + [r['target'], r['competitor'], r['benchmark']])
        hr = 2
    elif layout in ('cats', 'cats5'):
        n = len(years)
        rows = [['类别', '指标（单位）'] + [f'{y}年' for y in years] + ['目标', '竞争对手', '标杆']]
        cut = max(1, len(recs) // 2)
        cats = [title[:2] + '水平', title[:2] + '能力']
        for i, r in enumerate(recs):
            rows.append([cats[0] if i == 0 else (cats[1] if i == cut else ''), r['kpi'] + (f'（{r["unit"]}）' if r['unit'] else '')] + [r['years'][y] for y in years] + [r['target'], r['competitor'], r['benchmark']])
            r['competitor_name'], r['benchmark_name'] = '竞争对手', '标杆'
        if cut > 1: merges.append((1, 0, cut, 0))
        if len(recs) - cut > 1: merges.append((cut + 1, 0, len(recs), 0))
        hr = 1
    elif layout == 'rowsyears':
        rows = [['年度'] + [r['kpi'] + (f'（{r["unit"]}）' if r['unit'] else '') for r in recs]]
        for y in years: rows.append([f'{y}年'] + [r['years'][y] for r in recs])
        rows.append([f'{years[-1]}年目标'] + [r['target'] for r in recs])
        rows.append([comp] + [r['competitor'] for r in recs])
        rows.append([ben] + [r['benchmark'] for r in recs])
        hr = 1
    elif layout == 'one':
        r = recs[0]
        cap = f'{r["kpi"]}对比（单位：{r["unit"] or "无"}）'
        rows = [['项目'] + [f'{y}年' for y in years]]
        rows.append(['本公司'] + [r['years'][y] for y in years])
        cs = {}; bs = {}
        dec = ks[0][4]
        for y in years:
            cs[y] = fmt(round(r['num'][y] - abs(ks[0][3]) * (1 if r['up'] else -1), dec), dec, rng, style)
            bs[y] = fmt(round(r['num'][y] + abs(ks[0][3]) * .3 * (1 if r['up'] else -1), dec), dec, rng, style)
        rows.append([comp] + [cs[y] for y in years]); rows.append([ben] + [bs[y] for y in years])
        r['competitor_series'], r['benchmark_series'] = cs, bs
        r['target'] = r['target_num'] = None
        r['competitor'], r['benchmark'] = cs[years[-1]], bs[years[-1]]
        r['competitor_num'], r['benchmark_num'] = num(r['competitor']), num(r['benchmark'])
        hr = 1
    elif layout in ('pairs', 'pairs4'):
        rows = [['关键绩效指标', '计量单位'] + sum([[f'{y}年', ''] for y in years], []) + ['标杆值'], ['', ''] + ['目标', '实际'] * len(years) + ['']]
        merges = [(0, 0, 1, 0), (0, 1, 1, 1)] + [(0, 2 + 2 * i, 0, 3 + 2 * i) for i in range(len(years))] + [(0, 2 + 2 * len(years), 1, 2 + 2 * len(years))]
        for j, r in enumerate(recs):
            dec = ks[j][4]
            ts = {y: fmt(round(r['num'][y] - abs(ks[j][3]) * rng.uniform(-.4, .4), dec), dec, rng, style) for y in years}
            r['target_series'] = ts; r['target'] = ts[years[-1]]; r['target_num'] = num(ts[years[-1]])
            r['competitor'] = r['competitor_num'] = r['competitor_name'] = None; r['benchmark_name'] = '标杆值'
            rows.append([r['kpi'], un(r)] + sum([[ts[y], r['years'][y]] for y in years], []) + [r['benchmark']])
        hr = 2
    if layout in ('flat', 'two', 'cats') and rng.random() < .35:   # gaps as people write them
        rr = rng.choice(range(hr, len(rows)))
        mark = rng.choice(['—', '/', '未披露'])
        col = len(rows[0]) - 2
        rows[rr][col] = mark
        rec = recs[rr - hr]; rec['competitor'], rec['competitor_num'] = mark, None
    return rows, merges, hr, cap, recs


def num(s):
    if s is None: return None
    neg = s.startswith('（')
    m = re.search(r'-?[\d,]+(?:\.\d+)?', s)
    return (-1 if neg else 1) * float(m.group().replace(',', '')) if m else None


def other_table(rng, sec, title, terms, long=False):
    head, kind = rng.choice(OTHER_HEADERS)
    n = rng.randint(18, 26) if long else rng.randint(3, 7)
    rows = [list(head)]
    merges = []
    lv = ['低', '中', '较高', '高']
    for i in range(n):
        a, b, c = rng.sample(terms, 3)
        if kind == 'act': r = [str(i + 1), f'组织开展{a}与{b}的策划和评审', rng.choice(DEPTS), rng.choice(FREQ), f'《{a}记录表》']
        elif kind == 'stake': r = [['顾客', '员工', '股东', '供方', '社区', '政府', '合作伙伴'][i % 7], f'{a}透明、{b}可信', rng.choice(['座谈走访', '网站公告', '年度大会', '服务热线', '电子简报']), rng.choice(FREQ), rng.choice(DEPTS)]
        elif kind == 'risk': r = [rng.choice(['战略风险', '财务风险', '市场风险', '运营风险', '法律风险']), f'{a}不到位导致{b}失效', rng.choice(lv), rng.choice(lv), f'完善{c}，{rng.choice(FREQ)}复核']
        elif kind == 'proc': r = [f'{a}过程', f'准确、及时、可追溯；{b}受控', f'{a}达成率≥{rng.randint(90, 99)}%', rng.choice(METHODS)]
        elif kind == 'plan': r = [a, f'完成{b}方案编制\n并通过评审验收', f'{rng.choice(YEARS3)}年{rng.randint(1, 12)}月', rng.choice(DEPTS) + '负责人']
        else: r = [rng.choice(METHODS), a, f'明确{b}的输入输出，形成闭环', f'{rng.choice(YEARS3)}年引入，{rng.choice(FREQ)}评价']
        rows.append(r)
    if kind == 'risk':   # merge runs of equal first cells, as people do
        body = sorted(rows[1:], key=lambda r: r[0]); rows = rows[:1] + body
        i = 1
        while i < len(rows):
            j = i
            while j + 1 < len(rows) and rows[j + 1][0] == rows[i][0]: j += 1
            if j > i:
                merges.append((i, 0, j, 0))
                for q in range(i + 1, j + 1): rows[q][0] = ''
            i = j + 1
    cap = f'{title}{dict(act="主要活动", stake="相关方沟通", risk="风险清单", proc="过程要求", plan="推进计划", meth="方法应用")[kind]}一览表'
    return rows, merges, 1, cap


def filled(rows, merges):
    g = [list(r) for r in rows]
    for r0, c0, r1, c1 in merges:
        for r in range(r0, r1 + 1):
            for c in range(c0, c1 + 1): g[r][c] = rows[r0][c0]
    return g


def table_xml(rows, merges, hr, borders, repeat_header, cant_split=False):
    nc = len(rows[0])
    org, cov = {}, {}
    for m in merges:
        for r in range(m[0], m[2] + 1):
            for c in range(m[1], m[3] + 1): cov[r, c] = m
    wts = [max(2, max((len(x) if '\n' not in x else max(map(len, x.split('\n')))) for x in (r[c] for r in rows)) if rows else 2) for c in range(nc)]
    wts = [min(w, 16) for w in wts]
    tot = sum(wts); width = 9000
    ws = [int(width * w / tot) for w in wts]
    b = {'all': '<w:tblBorders>' + ''.join(f'<w:{s} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for s in ('top', 'left', 'bottom', 'right', 'insideH', 'insideV')) + '</w:tblBorders>',
         'three': '<w:tblBorders><w:top w:val="single" w:sz="12" w:space="0" w:color="auto"/><w:bottom w:val="single" w:sz="12" w:space="0" w:color="auto"/></w:tblBorders>',
         'none': ''}[borders]
    x = [f'<w:tbl {NS}><w:tblPr><w:tblW w:w="{width}" w:type="dxa"/><w:jc w:val="center"/>{b}<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>' + ''.join(f'<w:gridCol w:w="{w}"/>' for w in ws) + '</w:tblGrid>']
    for r, row in enumerate(rows):
        pr = ('<w:cantSplit/>' if cant_split else '') + ('<w:tblHeader/>' if repeat_header and r < hr else '')
        x.append('<w:tr>' + (f'<w:trPr>{pr}</w:trPr>' if pr else ''))
        c = 0
        while c < nc:
            m = cov.get((r, c)); span = 1; vm = ''
            if m:
                span = m[3] - m[1] + 1
                if m[2] > m[0]: vm = '<w:vMerge w:val="restart"/>' if r == m[0] else '<w:vMerge/>'
            w = sum(ws[c:c + span])
            tb = '<w:tcBorders><w:bottom w:val="single" w:sz="6" w:space="0" w:color="auto"/></w:tcBorders>' if borders == 'three' and r == hr - 1 else ''
            sh = '<w:shd w:val="clear" w:color="auto" w:fill="D9E2F3"/>' if r < hr and borders == 'all' else ''
            tx = row[c] if not (m and (r, c) != (m[0], m[1])) else ''
            runs = '<w:br/>'.join(f'<w:t xml:space="preserve">{escape(t)}</w:t>' for t in tx.split('\n')) if tx else ''
            rp = '<w:rPr>' + ('<w:b/>' if r < hr else '') + '<w:sz w:val="18"/></w:rPr>'
            x.append(f'<w:tc><w:tcPr><w:tcW w:w="{w}" w:type="dxa"/>' + (f'<w:gridSpan w:val="{span}"/>' if span > 1 else '') + vm + tb + sh + '<w:vAlign w:val="center"/></w:tcPr>'
                     f'<w:p><w:pPr><w:spacing w:line="260" w:lineRule="exact"/><w:jc w:val="center"/></w:pPr>' + (f'<w:r>{rp}{runs}</w:r>' if tx else '') + '</w:p></w:tc>')
            c += span
        x.append('</w:tr>')
    x.append('</w:tbl>')
    return ''.join(x)


# ---------------------------------------------------------------- charts, pictures, boxes, notes
def chart_xml(title, cats, sers, kind):
    ax = '<c:catAx><c:axId val="111"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/><c:axPos val="b"/><c:crossAx val="222"/></c:catAx><c:valAx><c:axId val="222"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/><c:axPos val="l"/><c:majorGridlines/><c:crossAx val="111"/></c:valAx>'
    def ser(i, name, vals):
        col = 'BCDEFG'[i]
        return (f'<c:ser><c:idx val="{i}"/><c:order val="{i}"/><c:tx><c:strRef><c:f>Sheet1!${col}$1</c:f><c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>{escape(name)}</c:v></c:pt></c:strCache></c:strRef></c:tx>'
                '<c:dLbls><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>'
                f'<c:cat><c:strRef><c:f>Sheet1!$A$2:$A${len(cats) + 1}</c:f><c:strCache><c:ptCount val="{len(cats)}"/>' + ''.join(f'<c:pt idx="{j}"><c:v>{escape(c)}</c:v></c:pt>' for j, c in enumerate(cats)) + '</c:strCache></c:strRef></c:cat>'
                f'<c:val><c:numRef><c:f>Sheet1!${col}$2:${col}${len(cats) + 1}</c:f><c:numCache><c:formatCode>General</c:formatCode><c:ptCount val="{len(cats)}"/>' + ''.join(f'<c:pt idx="{j}"><c:v>{v}</c:v></c:pt>' for j, v in enumerate(vals)) + '</c:numCache></c:numRef></c:val></c:ser>')
    body = ''.join(ser(i, n, v) for i, (n, v) in enumerate(sers))
    if kind == 'bar': plot = f'<c:barChart><c:barDir val="col"/><c:grouping val="clustered"/><c:varyColors val="0"/>{body}<c:gapWidth val="80"/><c:axId val="111"/><c:axId val="222"/></c:barChart>{ax}'
    else: plot = f'<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>{body}<c:marker val="1"/><c:axId val="111"/><c:axId val="222"/></c:lineChart>{ax}'
    return ('<?xml version="1.0" encoding="UTF-8" standalone="yes"?><c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><c:chart>'
            f'<c:title><c:tx><c:rich><a:bodyPr/><a:p><a:r><a:rPr lang="zh-CN" sz="1100"/><a:t>{escape(title)}</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title><c:autoTitleDeleted val="0"/><c:plotArea><c:layout/>{plot}</c:plotArea>'
            '<c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend><c:plotVisOnly val="1"/></c:chart><c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>')


def add_chart(ctx, title, cats, sers, kind):
    from openpyxl import Workbook
    wb = Workbook(); ws = wb.active; ws.title = 'Sheet1'
    ws.append([''] + [n for n, _ in sers])
    for j, c in enumerate(cats): ws.append([c] + [v[j] for _, v in sers])
    bio = io.BytesIO(); wb.save(bio)
    ctx.nchart += 1; i = ctx.nchart
    pkg = ctx.doc.part.package
    xl = Part(PackURI(f'/word/embeddings/Microsoft_Excel_Sheet{i}.xlsx'), 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', bio.getvalue(), pkg)
    ch = Part(PackURI(f'/word/charts/chart{i}.xml'), 'application/vnd.openxmlformats-officedocument.drawingml.chart+xml', chart_xml(title, cats, sers, kind).encode(), pkg)
    ch.relate_to(xl, RT + '/package')
    rid = ctx.doc.part.relate_to(ch, RT + '/chart')
    ctx.body.append(parse_xml(f'<w:p {NS}><w:pPr><w:spacing w:line="240" w:lineRule="auto"/><w:jc w:val="center"/></w:pPr><w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="4680000" cy="2340000"/><wp:docPr id="{1000 + i}" name="图表 {i}" descr="{escape(title)}"/><wp:cNvGraphicFramePr/>'
        f'<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart r:id="{rid}"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>'))


def add_picture(ctx, text, rng):
    from PIL import Image, ImageDraw, ImageFont
    im = Image.new('RGB', (900, 420), 'white'); d = ImageDraw.Draw(im)
    try: f = ImageFont.truetype(ctx.picfont, 26)
    except Exception: f = ImageFont.load_default()
    for i in range(6):
        x = 40 + i * 140; h = rng.randint(60, 300)
        d.rectangle([x, 380 - h, x + 80, 380], fill=(60 + i * 25, 110, 190)); d.text((x, 350 - h), f'{rng.uniform(1, 99):.1f}', fill='black', font=f)
    d.text((30, 8), text, fill='black', font=f); d.line([20, 380, 880, 380], fill='black', width=3)
    bio = io.BytesIO(); im.save(bio, 'PNG'); bio.seek(0)
    p = ctx.doc.add_paragraph(); p.alignment = 1; p.paragraph_format.line_spacing = 1.0
    p.add_run().add_picture(bio, width=Cm(13))
    ctx.body.append(p._p)


def textbox_xml(text, i):
    inner = f'<w:txbxContent><w:p><w:r><w:rPr><w:sz w:val="18"/></w:rPr><w:t>{escape(text)}</w:t></w:r></w:p></w:txbxContent>'
    return (f'<w:r {NS}><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="4800000" cy="560000"/><wp:docPr id="{2000 + i}" name="文本框 {i}"/><wp:cNvGraphicFramePr/>'
            '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="4800000" cy="560000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:ln w="9525"><a:solidFill><a:srgbClr val="4472C4"/></a:solidFill></a:ln></wps:spPr>'
            f'<wps:txbx>{inner}</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape style="width:378pt;height:44pt"><v:textbox>{inner}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>')


def footnotes_part(ctx, notes):
    x = [f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:footnotes {NS}><w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote><w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>']
    for i, t in notes: x.append(f'<w:footnote w:id="{i}"><w:p><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r><w:r><w:rPr><w:sz w:val="16"/></w:rPr><w:t xml:space="preserve"> {escape(t)}</w:t></w:r></w:p></w:footnote>')
    x.append('</w:footnotes>')
    p = Part(PackURI('/word/footnotes.xml'), 'application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml', ''.join(x).encode(), ctx.doc.part.package)
    ctx.doc.part.relate_to(p, RT + '/footnotes')


SECT = [(n, t) for n, t, _ in SECTIONS]


def plan(seed, chars, scale=1.0, ntab=80, nkpi=45):
    """The content as a list of blocks; no layout."""
    rng = random.Random(seed)
    blocks, tables, kpis, charts = [], [], [], []
    leaf = [(n, t, v.split('、')) for n, t, v in SECTIONS if v]
    # ---- tables first
    per = {n: [] for n, _, _ in leaf}
    layouts = ['flat', 'two', 'cats', 'rowsyears', 'one', 'pairs', 'five', 'cats5', 'pairs4']
    areas = list(KPI)
    nk = max(1, round(nkpi * scale)); no = max(1, round((ntab - nkpi) * scale))
    def caption(sec):
        return f'表{sec}-{len([t for t in per[sec]]) + 1}'
    for i in range(nk):
        sec = areas[i % len(areas)]; tid = f'K{i + 1:02d}'
        rows, merges, hr, cap, recs = kpi_table(rng, layouts[i % len(layouts)], sec, KPI[sec], tid)
        per[sec].append(dict(id=tid, kind='kpi', layout=layouts[i % len(layouts)], borders='all', rows=rows, merges=merges, header_rows=hr, title=cap, kpis=recs, repeat_header=i % 2 == 0))
    for i in range(4):    # a few very long KPI tables that must run over the page
        pass
    terms = {n: v for n, _, v in leaf}; titles = dict(SECT)
    secs = [n for n, _, _ in leaf if not n.startswith('7')]
    for i in range(no):
        sec = secs[(i * 7) % len(secs)]
        rows, merges, hr, cap = other_table(rng, sec, titles[sec], terms[sec], long=i % 4 == 0)
        per[sec].append(dict(id=f'T{i + 1:02d}', kind='other', layout='other', borders='all', rows=rows, merges=merges, header_rows=hr, title=cap, kpis=[], repeat_header=i % 8 == 0))
    for i in range(max(1, round(4 * scale))):
        sec = ['7.1.1', '7.3.1', '7.4.1', '7.5.1'][i]; tid = f'L{i + 1:02d}'
        rows, merges, hr, cap, recs = kpi_table(rng, ['flat', 'cats', 'rowsyears', 'flat'][i], sec, KPI[sec], tid)
        per[sec].append(dict(id=tid, kind='kpi', layout='threeline', borders='three', rows=rows, merges=merges, header_rows=hr, title=cap, kpis=recs, repeat_header=False))
        sec = ['7.2.1', '7.4.3', '7.6.4', '7.4.4'][i]; tid = f'N{i + 1:02d}'
        rows, merges, hr, cap, recs = kpi_table(rng, ['flat', 'flat', 'rowsyears', 'one'][i], sec, KPI[sec], tid)
        per[sec].append(dict(id=tid, kind='kpi', layout='borderless', borders='none', rows=rows, merges=merges, header_rows=hr, title=cap, kpis=recs, repeat_header=False))
    tabbed = {}
    for i in range(max(1, round(4 * scale))):
        sec = ['7.2.2', '7.4.5', '7.6.1', '7.6.3'][i]
        ks = rng.sample(KPI[sec], min(3, len(KPI[sec]))); tid = f'S{i + 1:02d}'
        recs = [kpi_record(rng, k, YEARS3, 'plain') for k in ks]
        for r in recs:
            r.update(table=tid, section=sec, competitor_name=None, benchmark_name=None, target_year=None, competitor=None, competitor_num=None, benchmark=None, benchmark_num=None, target=None, target_num=None)
        sep = '\t' if i % 2 == 0 else '    '
        lines = [['指标', '单位'] + [f'{y}年' for y in YEARS3]] + [[r['kpi'], r['unit']] + [r['years'][y] for y in YEARS3] for r in recs]
        tabbed[sec] = dict(id=tid, lines=lines, sep=sep, kpis=recs)
    # ---- charts
    chart_at = {}
    allk = [k for s in per.values() for t in s if t['kind'] == 'kpi' for k in t['kpis']]
    for i in range(max(1, round(20 * scale))):
        k = allk[(i * 5) % len(allk)]
        yrs = list(k['num']); sers = [(SHORT, [k['num'][y] for y in yrs])]
        if k['competitor_num'] is not None: sers.append(('竞争对手', [round(k['competitor_num'] * (.9 + .05 * j), 2) for j in range(len(yrs))]))
        chart_at.setdefault(k['section'], []).append(dict(id=f'C{i + 1:02d}', title=f'{k["kpi"]}趋势图' + (f'（{k["unit"]}）' if k['unit'] else ''), cats=[f'{y}年' for y in yrs], series=sers, kind='bar' if i % 2 else 'line', kpi=k['kpi']))
    # ---- how much prose
    tabwc = sum(wc(c) for s in per.values() for t in s for r in t['rows'] for c in r)
    budget = chars * scale - tabwc - 1600 * scale
    weights = {n: (0.55 if n.startswith('7') else 1.0) for n, _, _ in leaf}
    tot = sum(weights.values())
    notes, boxes, pics = [], 0, 0
    ni = 0
    nnote, nbox, npic = max(1, round(20 * scale)), max(1, round(10 * scale)), max(1, round(12 * scale))
    li = 0
    for sec, title, vocab in SECTIONS:
        level = sec.count('.') + 1
        blocks.append(dict(type='heading', level=level, number=sec, title=title))
        if not vocab:
            if level <= 2 and sec not in ('0', '7'):
                blocks.append(dict(type='para', section=sec, text=f'本{"章" if level == 1 else "节"}围绕“{title}”，从方法、展开、学习和整合四个方面说明{SHORT}的做法与成效。'))
            continue
        li += 1
        v = vocab.split('、'); want = budget * weights[sec] / tot; got = 0; q = 0
        nt = len(per[sec]); items = []
        qs = QUESTIONS if not sec.startswith('7') else ['水平与趋势', '对比分析']
        while got < want:
            if q < len(qs) and (got >= want * q / len(qs)):
                t = f'（{q + 1}）{title}的{qs[q]}'
                items.append(dict(type='heading4', level=4, number='', title=t, section=sec)); got += wc(t); q += 1
            t = paragraph(rng, sec, title, v); kind = rng.random()
            b = dict(type='para', section=sec, text=t)
            if kind < .06: b['text'] = '\u3000\u3000' + t
            elif kind < .10: b.update(ins=sentence(rng, sec, title, v), dele='此处原表述已删除。')
            elif kind < .12: b.update(link='http://example.com/' + sec)
            elif kind < .16: b.update(sdt=True)
            elif kind < .20:
                lst = [f'{"①②③④⑤"[j]}{sentence(rng, sec, title, v)}' for j in range(3)]
                b['text'] = '主要措施如下：\n' + '\n'.join(lst)
            items.append(b); got += wc(b['text']) + wc(b.get('ins', ''))
        if ni < nnote and li % 3 != 2:
            ps = [b for b in items if b['type'] == 'para' and not b.get('sdt')]
            if ps: ni += 1; ps[0]['note'] = (ni, f'数据来源：{rng.choice(DEPTS)}{rng.choice(YEARS3)}年度统计台账，口径以{rng.choice(STD)}为准。')
        # spread tables, charts over the section
        extra = []
        for t in per[sec]:
            seq = len([x for x in extra if x[0]['type'] == 'table']) + 1
            t['caption'] = f'表{sec}-{seq} {t["title"]}'; t['section'] = sec
            for k in t['kpis']: kpis.append(k)
            tables.append(t)
            extra.append((dict(type='table', id=t['id']),))
        if sec in tabbed: extra.append((dict(type='tabbed', section=sec, **tabbed[sec]),)); kpis.extend(tabbed[sec]['kpis'])
        for c in chart_at.get(sec, []): c['section'] = sec; charts.append(c); extra.append((dict(type='chart', id=c['id']),))
        if boxes < nbox and li % 6 == 1:
            boxes += 1; extra.append((dict(type='textbox', section=sec, text=f'典型案例：{rng.choice(v)}的实践表明，{rng.choice(EFFECT)}。'),))
        if pics < npic and li % 5 == 0:
            pics += 1; extra.append((dict(type='picture', section=sec, text=f'图{sec} {title}管理框架'),))
        slots = [i for i, b in enumerate(items) if b['type'] == 'para'] or [-1]   # -1: a section without prose, at small scales
        pos = {}
        for j, e in enumerate(extra): pos.setdefault(slots[min(len(slots) - 1, (j * len(slots)) // max(1, len(extra)))], []).append(e[0])
        blocks.extend(pos.get(-1, []))
        for i, b in enumerate(items):
            blocks.append(b)
            for e in pos.get(i, []): blocks.append(e)
    return blocks, tables, kpis, charts


def build(args, toc_pages=None):
    eff = args.chars     # paragraphs come whole, so the budget is met by correction
    for _ in range(4):
        blocks, tables, kpis, charts = plan(args.seed, eff, args.scale)
        have = sum(wc(b.get('text', '') or '') + wc(b.get('ins', '')) + wc(b.get('number', '')) + wc(b['title'] if 'heading' in b['type'] else '') for b in blocks if b['type'] not in ('picture',))
        have += sum(wc(b['note'][1]) for b in blocks if b.get('note')) + sum(wc(c) for t in tables for r in t['rows'] for c in r) + sum(wc(t['caption']) for t in tables) + sum(wc(c) for b in blocks if b['type'] == 'tabbed' for r in b['lines'] for c in r)
        if abs(have - args.chars * args.scale) < 400 * args.scale: break
        eff -= (have - args.chars * args.scale) / args.scale
    tb = {t['id']: t for t in tables}; cb = {c['id']: c for c in charts}
    ctx = Ctx(); ctx.nchart = 0; ctx.picfont = args.picfont
    doc = docx.Document(); ctx.doc = doc
    sec = doc.sections[0]
    sec.page_width, sec.page_height = Cm(21), Cm(29.7)
    sec.left_margin = sec.right_margin = Cm(2.6); sec.top_margin = sec.bottom_margin = Cm(2.5)
    for name, size in [('Normal', 12), ('Heading 1', 18), ('Heading 2', 16), ('Heading 3', 14), ('Heading 4', 12)]:
        st = doc.styles[name]; st.font.size = Pt(size); st.font.name = 'Noto Serif'
        st.element.get_or_add_rPr().get_or_add_rFonts().set(qn('w:eastAsia'), args.font)
    doc.styles['Normal'].paragraph_format.line_spacing = Pt(22)
    final = doc.element.body.sectPr
    class B:
        def append(self, el): final.addprevious(el)
    ctx.body = B()
    if args.numbering == 'auto': auto_numbering(doc)
    hdr, ftr = f'{ORG} 卓越绩效自评报告', '第 X 页 共 Y 页'
    sec.header.paragraphs[0].text = hdr
    fp = sec.footer.paragraphs[0]; fp.alignment = 1
    fld = lambda code: f'<w:fldSimple {NS} w:instr=" {code} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    fp.add_run('第 '); fp._p.append(parse_xml(fld('PAGE'))); fp.add_run(' 页 共 '); fp._p.append(parse_xml(fld('NUMPAGES'))); fp.add_run(' 页')
    truth = []; notes = []
    def P(text, style=None, align=None, size=None, bold=False):
        p = doc.add_paragraph(style=style)
        if text: r = p.add_run(text); r.bold = bold or None; r.font.size = Pt(size) if size else None
        if align is not None: p.alignment = align
        return p
    for t, s in [(ORG, 24), ('北京市人民政府质量管理奖', 20), ('自评报告', 28), ('二〇二四年三月', 14)]:
        P(t, align=1, size=s, bold=True); truth.append(dict(type='para', section='cover', text=t))
    doc.paragraphs[-1]._p.append(parse_xml(f'<w:r {NS}><w:br w:type="page"/></w:r>'))
    P('目  录', align=1, size=16, bold=True); truth.append(dict(type='para', section='toc', text='目  录'))
    heads = [b for b in blocks if b['type'] == 'heading']
    toc_lines = []
    for i, h in enumerate(heads):
        pg = str((toc_pages or {}).get(h['number'], 1)); txt = f'{h["number"]} {h["title"]}'
        toc_lines.append((txt, pg))
        begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> TOC \\o "1-3" \\h \\z \\u </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>' if i == 0 else ''
        end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>' if i == len(heads) - 1 else ''
        ctx.body.append(parse_xml(f'<w:p {NS}><w:pPr><w:tabs><w:tab w:val="right" w:leader="dot" w:pos="8900"/></w:tabs><w:spacing w:line="340" w:lineRule="exact"/><w:ind w:left="{(h["level"] - 1) * 300}"/></w:pPr>{begin}<w:hyperlink w:anchor="_Toc{i:05d}"><w:r><w:t xml:space="preserve">{escape(txt)}</w:t></w:r><w:r><w:tab/></w:r><w:r><w:t>{pg}</w:t></w:r></w:hyperlink>{end}</w:p>'))
    bm = 0; tbx = 0
    for b in blocks:
        k = b['type']
        if k == 'heading':
            txt = b['title'] if args.numbering == 'auto' and b['number'] != '0' and not b['number'].startswith('0.') else f'{b["number"]} {b["title"]}'
            p = P(txt, style=f'Heading {b["level"]}')
            if b['level'] == 1: p.paragraph_format.page_break_before = True
            if args.numbering == 'auto' and txt == b['title']:
                p._p.get_or_add_pPr().append(parse_xml(f'<w:numPr {NS}><w:ilvl w:val="{b["level"] - 1}"/><w:numId w:val="{NUMID}"/></w:numPr>'))
            p._p.insert(1, parse_xml(f'<w:bookmarkStart {NS} w:id="{bm}" w:name="_Toc{bm:05d}"/>')); p._p.append(parse_xml(f'<w:bookmarkEnd {NS} w:id="{bm}"/>')); bm += 1
            truth.append(dict(type='heading', level=b['level'], number=b['number'], title=b['title'], text=f'{b["number"]} {b["title"]}', in_docx=txt))
        elif k == 'heading4':
            P(b['title'], style='Heading 4'); truth.append(dict(type='heading', level=4, number='', title=b['title'], text=b['title'], in_docx=b['title'], section=b['section']))
        elif k == 'para':
            p = doc.add_paragraph()
            parts = b['text'].split('\n')
            # several runs per paragraph, as Word leaves them
            for i, part in enumerate(parts):
                if i: p.add_run().add_break()
                if b.get('link') and i == 0:
                    rid = doc.part.relate_to(b['link'], RT + '/hyperlink', is_external=True)
                    cut = len(part) // 3
                    p.add_run(part[:cut]); p._p.append(parse_xml(f'<w:hyperlink {NS} r:id="{rid}"><w:r><w:t xml:space="preserve">{escape(part[cut:2 * cut])}</w:t></w:r></w:hyperlink>')); p.add_run(part[2 * cut:])
                else:
                    cut = [0, len(part) // 4, len(part) // 2, len(part)]
                    for x, y in zip(cut, cut[1:]):
                        if part[x:y]: p.add_run(part[x:y])
            txt = b['text']
            if b.get('ins'):
                p._p.append(parse_xml(f'<w:del {NS} w:id="{9000 + bm}" w:author="审核人" w:date="2024-03-01T00:00:00Z"><w:r><w:delText>{escape(b["dele"])}</w:delText></w:r></w:del>'))
                p._p.append(parse_xml(f'<w:ins {NS} w:id="{9500 + bm}" w:author="审核人" w:date="2024-03-01T00:00:00Z"><w:r><w:t>{escape(b["ins"])}</w:t></w:r></w:ins>'))
                txt += b['ins']
            if b.get('note'):
                i, t = b['note']; notes.append((i, t))
                p._p.append(parse_xml(f'<w:r {NS}><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="{i}"/></w:r>'))
            if b.get('sdt'):
                el = parse_xml(f'<w:sdt {NS}><w:sdtPr><w:alias w:val="正文"/></w:sdtPr><w:sdtContent/></w:sdt>')
                p._p.addprevious(el); el.find(qn('w:sdtContent')).append(p._p)
            truth.append(dict(type='para', section=b['section'], text=txt, **({k2: True for k2 in ('ins', 'link', 'sdt', 'note') if b.get(k2)}), **({'deleted': b['dele']} if b.get('dele') else {})))
        elif k == 'table':
            t = tb[b['id']]
            P(t['caption'], align=1, size=10.5, bold=True); truth.append(dict(type='caption', section=t['section'], text=t['caption'], table=t['id']))
            ctx.body.append(parse_xml(table_xml(t['rows'], t['merges'], t['header_rows'], t['borders'], t['repeat_header'])))
            truth.append(dict(type='table', section=t['section'], id=t['id']))
            doc.add_paragraph()
        elif k == 'tabbed':
            for ln in b['lines']:
                p = doc.add_paragraph()
                if b['sep'] == '\t':
                    for i in range(1, len(ln)): p.paragraph_format.tab_stops.add_tab_stop(Cm(5 + 2.3 * (i - 1)))
                p.add_run(b['sep'].join(ln)); truth.append(dict(type='tabbed', section=b['section'], text=b['sep'].join(ln), table=b['id']))
        elif k == 'chart':
            c = cb[b['id']]; add_chart(ctx, c['title'], c['cats'], c['series'], c['kind'])
            cap = f'图{c["section"]}-{c["id"][1:]} {c["title"]}'; P(cap, align=1, size=10.5); c['caption'] = cap
            truth.append(dict(type='chart', section=c['section'], id=c['id'])); truth.append(dict(type='caption', section=c['section'], text=cap, chart=c['id']))
        elif k == 'textbox':
            tbx += 1; p = doc.add_paragraph(); p.paragraph_format.line_spacing = 1.0; p._p.append(parse_xml(textbox_xml(b['text'], tbx))); truth.append(dict(type='textbox', section=b['section'], text=b['text']))
        elif k == 'picture':
            add_picture(ctx, b['text'], random.Random(len(truth))); P(b['text'], align=1, size=10.5); truth.append(dict(type='picture', section=b['section'], text_in_picture=b['text'])); truth.append(dict(type='caption', section=b['section'], text=b['text']))
    footnotes_part(ctx, notes)
    doc.core_properties.title = f'{ORG}自评报告'; doc.core_properties.author = 'make_report'
    import datetime
    doc.core_properties.created = doc.core_properties.modified = datetime.datetime(2024, 3, 1)
    out = os.path.join(args.out, args.name + '.docx'); doc.save(out)
    alltext = [b['text'] for b in truth if 'text' in b and b['type'] != 'textbox']
    celltext = [c for t in tables for r in t['rows'] for c in r]
    cj = lambda xs: sum(len(re.findall(r'[\u3400-\u9fff]', x)) for x in xs)
    nz = lambda xs: sum(len(re.sub(r'\s', '', x)) for x in xs)
    groups = dict(body=alltext, tables=celltext, textboxes=[b['text'] for b in truth if b['type'] == 'textbox'], footnotes=[t for _, t in notes], toc=[a + ' ' + b for a, b in toc_lines],
                  charts=[x for c in charts for x in [c['title']] + c['cats'] + [n for n, _ in c['series']]])
    counts = {g: dict(word_like=sum(map(wc, xs)), han=cj(xs), nonspace=nz(xs)) for g, xs in groups.items()}
    counts['total_body_tables_boxes_notes'] = {k: sum(counts[g][k] for g in ('body', 'tables', 'textboxes', 'footnotes')) for k in ('word_like', 'han', 'nonspace')}
    for t in tables:
        t['grid_origin'] = t['rows']; t['grid_filled'] = filled(t['rows'], t['merges'])
    J = dict(generator='make_report.py 1', args=dict(seed=args.seed, chars=args.chars, numbering=args.numbering, scale=args.scale), counts=counts, header=hdr, footer_pattern=ftr, toc=[dict(text=a, page=b) for a, b in toc_lines],
             headings=[{k: b[k] for k in ('level', 'number', 'title', 'text', 'in_docx')} for b in truth if b['type'] == 'heading'], blocks=truth,
             tables=[{k: t[k] for k in ('id', 'kind', 'layout', 'borders', 'section', 'caption', 'header_rows', 'repeat_header', 'merges', 'grid_origin', 'grid_filled')} for t in tables],
             tabbed=[dict(id=b['id'], section=b['section'], lines=b['lines']) for b in blocks if b['type'] == 'tabbed'], kpis=kpis, charts=charts, footnotes=[dict(id=i, text=t) for i, t in notes])
    json.dump(J, open(os.path.join(args.out, args.name + '.truth.json'), 'w'), ensure_ascii=False, indent=1)
    return out, J


NUMID = 77


def auto_numbering(doc):
    n = doc.part.numbering_part.element
    lv = ''.join(f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:suff w:val="space"/><w:lvlText w:val="{".".join("%" + str(j + 1) for j in range(i + 1))}"/><w:lvlJc w:val="left"/></w:lvl>' for i in range(3))
    a = parse_xml(f'<w:abstractNum {NS} w:abstractNumId="{NUMID}"><w:multiLevelType w:val="multilevel"/>{lv}</w:abstractNum>')
    n.insert(0, a); n.append(parse_xml(f'<w:num {NS} w:numId="{NUMID}"><w:abstractNumId w:val="{NUMID}"/></w:num>'))


def to_pdf(path, out):
    with tempfile.TemporaryDirectory() as prof:
        subprocess.run(['soffice', f'-env:UserInstallation=file://{prof}', '--headless', '--convert-to', 'pdf', '--outdir', out, path], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=600)


def find_pages(pdf, J):
    """Page of every heading, from the text of the PDF (after the contents pages)."""
    import pypdfium2
    d = pypdfium2.PdfDocument(pdf); pages = []
    for p in d: pages.append(re.sub(r'\s', '', p.get_textpage().get_text_range()))
    start = next(i for i, t in enumerate(pages) if '本章围绕“领导”' in t) - 6
    res, at = {}, max(start, 3)
    for h in J['headings']:
        if h['level'] > 3: continue
        key = re.sub(r'\s', '', h['text'])
        for i in range(at, len(pages)):
            if key in pages[i]: res[h['number']] = i + 1; at = i; break
    return res


def main():
    a = argparse.ArgumentParser()
    a.add_argument('--out', required=True); a.add_argument('--name', default='report'); a.add_argument('--seed', type=int, default=7); a.add_argument('--chars', type=int, default=58000)
    a.add_argument('--scale', type=float, default=1.0); a.add_argument('--numbering', choices=['text', 'auto'], default='text'); a.add_argument('--pdf', action='store_true'); a.add_argument('--toc-pages', action='store_true')
    a.add_argument('--font', default='Noto Serif CJK SC'); a.add_argument('--picfont', default='/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc')
    args = a.parse_args(); os.makedirs(args.out, exist_ok=True)
    out, J = build(args)
    if args.pdf:
        to_pdf(out, args.out)
        if args.toc_pages:
            pages = find_pages(out[:-5] + '.pdf', J); out, J = build(args, pages); to_pdf(out, args.out)
    print(out, json.dumps(J['counts']['total_body_tables_boxes_notes']), 'tables', len(J['tables']), 'kpis', len(J['kpis']), 'charts', len(J['charts']))


if __name__ == '__main__':
    main()
