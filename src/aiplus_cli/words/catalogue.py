"""The Chinese sentences, by their English templates; a test keeps the two lists equal."""

from __future__ import annotations

ZH: dict[str, str] = {
    # assess, methods
    "the plan gives words only, and nobody has rated it": "规划仅有文字表述，尚无人评级",
    "rated by {who}, not measured": "由{who}评级，并非测量值",
    "judged on {period}: no later figure is known": "依据{period}的数据判定：此后尚无数据",
    "no figure was published on or before the date asked for": "截至所问日期尚无公布数据",
    "no published series of its own; the verdict is that of {proxy}": "自身无公布数据，判定取自代理指标 {proxy}",
    "no movement towards the target": "未向目标推进",
    "moving away from the target": "与目标背道而行",
    "one figure in three years shows no pace": "三年内仅有一个数据，无法看出速度",
    "no time is left after the latest figure": "最新数据之后已无剩余时间",
    "no figure is known for the declared baseline {declared}; the path starts at {period}": (
        "所设基期 {declared} 尚无数据；路径自 {period} 起"
    ),
    # cli
    "not found here or in any parent folder": "在当前及上级文件夹中均未找到",
    "run 'aiplus init' for a workspace with the real plan, or change to a folder that has one": (
        "运行 'aiplus init' 建立含真实规划的工作区，或进入已有工作区的文件夹"
    ),
    "'{text}' is no language": "'{text}' 不是可用语言",
    "use zh or en": "请用 zh 或 en",
    "'{start}' is too short for an id": "'{start}' 太短，不足以确定编号",
    "cannot be written: {why}": "无法写入：{why}",
    "wrote {names} to {folder}; try 'aiplus status' there": "已将 {names} 写入 {folder}；可在该处运行 'aiplus status'",
    "already there; nothing was written": "已存在；未写入任何内容",
    "choose another folder": "请另选文件夹",
    "{n} entries have an id that starts with '{start}'": "有 {n} 条记录的编号以 '{start}' 开头",
    "'aiplus log' shows the ids; give at least 4 characters of one": "'aiplus log' 列出编号；请至少给出 4 个字符",
    "{old} is already recorded for {indicator} {region} {period} from the same source and day": (
        "{indicator} {region} {period} 同一来源、同一日期已记录为 {old}"
    ),
    "if that one is wrong, add --replaces {id}": "如原记录有误，请加 --replaces {id}",
    "recorded {indicator} {region} {period}: {value}": "已记录 {indicator} {region} {period}：{value}",
    "already recorded as {id}; nothing was written": "已有相同记录 {id}；未写入任何内容",
    "dry run: nothing was written": "试运行：未写入任何内容",
    "revises {old} ({period}), published {day}": "修订 {day} 公布的 {old}（{period}）",
    "corrects {old} ({period}), published {day}": "更正 {day} 公布的 {old}（{period}）",
    "would record {indicator} {region} {period}: {value}": "将记录 {indicator} {region} {period}：{value}",
    "follows {old} ({period}): {change}": "上一数据 {old}（{period}）：变化 {change}",
    "warning: an unusual jump; check the unit and the period at the source": "注意：变化异常，请到来源核对单位和时期",
    "{entry} is withdrawn: {reason}": "已撤回 {entry}：{reason}",
    "{entry} would be withdrawn: {reason}": "将撤回 {entry}：{reason}",
    "{entry} is no longer in force; nothing was written": "{entry} 已失效；未写入任何内容",
    "{entry} is no longer in force": "{entry} 已失效",
    "correct the one in force, see 'aiplus show {indicator}'": "请更正有效的一条，见 'aiplus show {indicator}'",
    "{entry} is no figure of {indicator} {region}": "{entry} 不是 {indicator} {region} 的数据",
    "withdraw it with 'aiplus withdraw {id}', then record the right one": (
        "请用 'aiplus withdraw {id}' 撤回，再记录正确的一条"
    ),
    "{day} is before the entry was published, {published}": "{day} 早于该记录的公布日 {published}",
    "give that day or a later one": "请给出当日或以后的日期",
    "it is empty": "内容为空",
    "say why the entry is taken back": "请说明撤回的原因",
    "replaces {id}, which is of {indicator} {region}": "更正的 {id} 属于 {indicator} {region}",
    "withdraw this line with 'aiplus withdraw {id}', then record it without": (
        "请用 'aiplus withdraw {id}' 撤回此行，再不带更正地记录"
    ),
    "{period} begins after the figure was published, {day}": "{period} 始于数据公布日 {day} 之后",
    "correct --period or --published, or record a forecast with --status F": (
        "请更正 --period 或 --published；如为预测值，请用 --status F 记录"
    ),
    "'{text}' is not known": "无法识别 '{text}'",
    "use one of: {allowed}": "可用：{allowed}",
    "{day} has not come yet; today is {today}": "{day} 尚未到来；今天是 {today}",
    "give the day on which the figure was published": "请给出数据公布的日期",
    "the text has a line break or another control character": "文字中有换行或其他控制字符",
    "write it on one line, with plain characters": "请写成一行，只用普通字符",
    "'{text}' is not in targets.yaml": "targets.yaml 中没有 '{text}'",
    "did you mean {near}?": "是否指 {near}？",
    # values, periods, regions
    "'{text}' is no value": "'{text}' 不是数值",
    "write a number such as 42.8, 42.8%, >50% or 5.15亿": "请写成 42.8、42.8%、>50% 或 5.15亿",
    "'{text}' is not in the unit of {id}, {unit}": "'{text}' 与 {id} 的单位“{unit}”不符",
    "convert it to that unit": "请换算为该单位",
    "'{text}' is no period": "'{text}' 不是时期",
    "write 2025, 2025-H1, 2025-Q3, 2025-06 or 2025-06-30": "请写成 2025、2025-H1、2025-Q3、2025-06 或 2025-06-30",
    "'{text}' is no date": "'{text}' 不是日期",
    "write it as 2025-08-26": "请写成 2025-08-26",
    "'{text}' is no region": "'{text}' 不是地区",
    "write CN, CN-HN, 湖南 or 430000": "请写 CN、CN-HN、湖南 或 430000",
    # pages
    "nothing was assessed": "没有可评估的内容",
    "Ledger": "台账",
    "Indicator": "指标",
    "Region": "地区",
    "Period": "时期",
    "Value": "数值",
    "Status": "状态",
    "Published": "公布日期",
    "Recorded": "记录日期",
    "By whom": "记录人",
    "Source and note": "来源与备注",
    "In force": "效力",
    "in force": "有效",
    "withdraws {id}: {reason}": "撤回 {id}：{reason}",
    "replaces {id}": "更正 {id}",
    "Milestones": "阶段目标",
    "The whole plan": "整个规划",
    "Areas": "重点领域",
    "Capabilities": "基础支撑能力",
    "Definition": "定义",
    "Denominator": "分母",
    "Publisher": "发布机构",
    "Area": "领域",
    "Unit": "单位",
    "Stands in for": "代理对象",
    "Proxies": "代理指标",
    "How {title} was judged: {verdict}": "{title} 的判定过程：{verdict}",
    "yes": "是",
    "no": "否",
    "none": "无",
    "Targets": "目标",
    "Series": "序列",
    "draft, not assessed": "征求意见稿，不参与判定",
    "; ": "；",
    ", ": "、",
    "reached? {value} {op} {target}: {met}": "是否达标？{value} {op} {target}：{met}",
    "path: from {vb} ({period}, t = {b}) through {corners}; at t = {t} it is at {expected}": (
        "路径：自 {vb}（{period}，t = {b}）经 {corners}；在 t = {t} 处为 {expected}"
    ),
    "gap = {value} - {expected} = {gap}": "差距 = {value} - {expected} = {gap}",
    "results: {total}; {parts}": "共 {total} 项：{parts}",
    "figures known on {as_of}, clock at {today}, method {method}": "数据截至 {as_of}，评估日 {today}，方法 {method}",
    "Quantified targets": "量化目标",
    "  proxy: {name}": "  代理：{name}",
    "{name}: {value} does not satisfy {op} {target}; the target is strict": (
        "{name}：{value} 不满足 {op} {target}；目标为严格不等"
    ),
    "Goals in words": "文字目标",
    "Goal in words": "文字目标",
    "Context": "背景数据",
    "Context series (no target)": "背景指标（无目标）",
    "By": "期限",
    "Latest": "最新值",
    "Expected": "应达",
    "Target": "目标",
    "Gap": "差距",
    "Buffer": "提前量",
    "Needed a month": "月均需",
    "Pace": "所需/实际速度",
    "Verdict": "判定",
    "Evidence": "数据时效",
    "Rating": "评级",
    "Rated by": "评级人",
    "Evidence series": "参考指标",
    "A year": "年均变化",
    "{n} mo": "{n} 个月",
    "pp": "个百分点",
    # the ledger
    "the line has {size} bytes": "该行长 {size} 字节",
    "an entry is at most 64 KiB; cut this line out of the file": "一条记录至多 64 KiB；请将该行移出文件",
    "not an entry of the ledger: {why}": "不是台账记录：{why}",
    "restore the line as it was recorded; docs/ledger.md describes the fields": (
        "请恢复该行原来的内容；字段说明见 docs/ledger.md"
    ),
    "not UTF-8": "不是 UTF-8 编码",
    "write the ledger with 'aiplus record' only": "台账只应由 'aiplus record' 写入",
    "the last line is torn: it was cut off while being written and was never acknowledged": (
        "最后一行残缺：写入时中断，从未确认成功"
    ),
    "cut this line out of the file into another one, then record its figure again": (
        "请将该行剪切到另一个文件，再重新记录该数据"
    ),
    "cannot be read or written: {why}": "无法读写：{why}",
    "free the disk or the permissions of the folder; nothing was recorded": (
        "请检查磁盘空间或文件夹权限；未记录任何内容"
    ),
    "locked by another program for {seconds} seconds": "被其他程序锁定已达 {seconds} 秒",
    "wait until it has finished, then run the command again": "请等其结束后再次运行",
    # targets.yaml
    "write a code such as CN or CN-HN": "请写代码，如 CN 或 CN-HN",
    "the file is no mapping of keys and values": "文件不是键值映射",
    "begin it with 'schema: aiplus.targets/1'": "请以 'schema: aiplus.targets/1' 开头",
    "a number such as 70 or 0.5": "数字，如 70 或 0.5",
    "a finite number": "有限数",
    "a date such as 2027-12-31": "日期，如 2027-12-31",
    "a whole number": "整数",
    "true or false": "true 或 false",
    "a whole number from 0 to 3660": "0 到 3660 的整数",
    "a list": "列表",
    "a list of the right length": "长度正确的列表",
    "a mapping of keys and values": "键值映射",
    "not YAML: {why}": "不是合法的 YAML：{why}",
    "check the indentation and quotes near this line": "请检查该行附近的缩进和引号",
    "{key}: {why}": "{key}：{why}",
    "did you mean '{near}'?": "是否指 '{near}'？",
    "known: {ids}": "已有：{ids}",
    "unknown {kind} '{name}'": "未知的 {kind} '{name}'",
    "the file has {size} bytes": "文件长 {size} 字节",
    "keep it below 4 MiB": "请控制在 4 MiB 以内",
    "the file is empty": "文件为空",
    "run 'aiplus init' in an empty folder for a plan": "在空文件夹中运行 'aiplus init' 可得到规划文件",
    "a key must be plain text": "键必须是普通文字",
    "a tab stands where YAML wants spaces": "此处用了制表符，YAML 要求空格",
    "indent with spaces": "请用空格缩进",
    "'{key}' is missing": "缺少 '{key}'",
    "add it; docs/targets.md describes every key": "请补上；各键说明见 docs/targets.md",
    "unknown key '{key}'": "未知的键 '{key}'",
    "remove or correct it; docs/targets.md lists the keys": "请删除或更正；可用的键见 docs/targets.md",
    "{key}: '{given}' is not allowed": "{key}：不允许 '{given}'",
    "{key}: '{given}' has characters that are not allowed": "{key}：'{given}' 含有不允许的字符",
    "ids take letters, digits, '.', '_' and '-'; texts take one line without control characters": (
        "编号可用字母、数字、'.'、'_' 和 '-'；文字须为一行且无控制字符"
    ),
    "save the file as UTF-8": "请将文件存为 UTF-8",
    "anchors and aliases (&name, *name) are not read here": "此处不支持锚点和别名（&name、*name）",
    "write the value out in full": "请把内容完整写出",
    "nested more than {limit} levels deep": "嵌套超过 {limit} 层",
    "flatten the file": "请减少嵌套",
    "{key}: '{given}' cannot be used": "{key}：'{given}' 不可用",
    "write {expected}": "请写：{expected}",
    "a proxy needs both 'basis: proxy' and 'proxy_for'": "代理指标须同时有 'basis: proxy' 和 'proxy_for'",
    "name the indicator it stands in for, or use another basis": "请写明所代理的指标，或改用其他 basis",
    "range: the low end is not below the high end": "range：下限不低于上限",
    "write the low end first": "请先写下限",
    "'op' and 'value' belong together": "'op' 与 'value' 须同时出现",
    "give both, or only a clause": "请两者都写，或只写 clause",
    "a target needs 'op' and 'value', or a 'clause'": "目标须有 'op' 和 'value'，或有 'clause'",
    "a rating cannot be measured against a number": "评级指标不能与数值目标比较",
    "use measure: number": "请用 measure: number",
    "the value {value} is outside the range [{low}, {high}]": "数值 {value} 超出范围 [{low}, {high}]",
    "correct the value or the range": "请更正数值或范围",
    "operator '{op}' goes against direction '{direction}'": "运算符 '{op}' 与方向 '{direction}' 矛盾",
    "correct the operator or the direction": "请更正运算符或方向",
    "cannot be read: {why}": "无法读取：{why}",
    "duplicate key '{key}'": "重复的键 '{key}'",
    "keep one of the two; the first is at line {line}": "请保留其一；第一个在第 {line} 行",
    "a proxy is assessed against the targets of what it stands for, and has none itself": (
        "代理指标按其代理对象的目标判定，自身不设目标"
    ),
    "remove its targets, and let proxy_for name an indicator that is no proxy": (
        "请删去其目标，并让 proxy_for 指向非代理指标"
    ),
    "a number needs it; there is no default": "数值指标必须写明；没有默认值",
    "a rating has no '{key}'": "评级指标没有 '{key}'",
    "remove it": "请删除",
    "milestone '{id}' has two targets for {region}": "{region} 在阶段 '{id}' 有两个目标",
    "keep one; the first is at line {line}": "请保留一个；第一个在第 {line} 行",
    "{group}: the id '{id}' stands twice": "{group}：编号 '{id}' 出现两次",
    "rename one; the first is at line {line}": "请改名；第一个在第 {line} 行",
    "the target loosens from {a} to {b}": "目标由 {a} 放宽到 {b}",
    "correct it, or say why in 'note'": "请更正，或在 'note' 中说明原因",
    # methods
    "How much faster than so far must it go?": "今后须比以往快几倍？",
    "A <= 1 on track; A < 2 at risk; else lagging": "A <= 1 为按期；A < 2 为有风险；其余为落后",
    "Does it grow at the rate the target asks for?": "增速是否达到目标所要求的增速？",
    "R >= 0.95 on track; R >= 0.60 at risk; else lagging. "
    "Without a number to reach: d * go >= 0.015 * C on track; >= 0.005 * C at risk": (
        "R >= 0.95 按期；R >= 0.60 有风险；否则落后。无数值目标时：d * go >= 0.015 * C 按期；>= 0.005 * C 有风险"
    ),
    "How much of the gap is closed by the deadline at the growth so far?": "按以往增速，到期时差距能补上多少？",
    "P >= 0.95 on track; P >= 0.10 at risk; else lagging": "P >= 0.95 为按期；P >= 0.10 为有风险；其余为落后",
    "How often did shares like this one arrive in time?": "历史上同类普及率有多少按时达标？",
    "P >= 2/3 (likely) on track; P >= 1/3 at risk; else lagging": (
        "P >= 2/3（可能）为按期；P >= 1/3 为有风险；其余为落后"
    ),
    "Do linear and open-sdg agree?": "linear 与 open-sdg 是否一致？",
    "both on track: on track; both lagging: lagging; else at risk": "同为按期则按期；同为落后则落后；其余为有风险",
    "depends on the method": "取决于所用方法",
    "the target is met; no pace is required": "目标已达到，不再要求速度",
    "the target is met; no growth is required": "目标已达到，不再要求增长",
    "the base has the target's value; no growth is required of it": "基期值等于目标值，不要求增长",
    "the base was at or past the target; it has fallen back": "基期已达到或超过目标，此后回落",
    "one figure shows no pace": "只有一个数据，看不出速度",
    "one figure shows no growth": "只有一个数据，看不出增长",
    "growth is undefined from or to a value not above zero": "起止数值不大于零，增速无定义",
    "of {n} past episodes, each asked for a target with a chance of {chance} %, {arrived} came in time": (
        "{n} 个历史案例各自面对达标概率为 {chance} % 的目标，其中 {arrived} 个按期达标"
    ),
    "the plan gives words only; {method} needs a number": "计划只有文字表述；{method} 需要数值目标",
    "method calibrated judges shares of a range, and there is none": (
        "方法 calibrated 只判定有取值范围的比率，此处没有 range"
    ),
    "give the indicator a range, or another method": "请写明 range，或改用其他方法",
    "{method} judges shares of a range, and {indicator} has none": (
        "{method} 只判定有取值范围的比率，{indicator} 没有 range"
    ),
    "use another method for it, give it a range in targets.yaml, or select others with --indicator": (
        "请换用其他方法，或在 targets.yaml 中写明 range，或用 --indicator 选择其他指标"
    ),
    "by indicator": "按指标",
    "Rule": "规则",
    "Judges": "适用",
    "Source": "出处",
    "shares of a range": "有取值范围的比率",
    "every number": "一切数值指标",
    "every number, and goals in words that have a series": "一切数值指标，以及有数据系列的文字目标",
    "by default an indicator with a range is judged by calibrated, one without by agreement": (
        "默认：有取值范围的指标用 calibrated，没有的用 agreement"
    ),
    "Measure": "测度",
    "Chance": "达标概率",
    "In words": "可能性",
    "{share} %, {word}": "{share} %，{word}",
    "the verdict hangs on the method ({verdicts}): {names}": "判定取决于方法（{verdicts}）：{names}",
    "the verdict hangs on the method ({verdicts})": "判定取决于方法（{verdicts}）",
    "Methods side by side": "各方法对照",
    "Agree": "一致",
    "{n} of {all}": "{n}/{all}",
    "method {name}: {question}": "方法 {name}：{question}",
    "rule: {rule}": "规则：{rule}",
    "with a probability of {level} % the value then lies from {low} to {high}": (
        "届时数值有 {level} % 的概率落在 {low} 至 {high} 之间"
    ),
    # forecast
    "figures known on {as_of}, clock at {today}": "截至 {as_of} 的数据，时点 {today}",
    "no published series of its own; forecast from {proxy}": "自身无公布数据，按代理指标 {proxy} 预测",
    "latest {value} ({period})": "最新 {value}（{period}）",
    "no milestone lies ahead": "此后没有阶段目标",
    "Outlook": "展望",
    "Central": "中位值",
    "{level} % interval": "{level} % 区间",
    "Needed a year": "每年需",
    "Pace so far": "以往每年",
    "Earliest": "最早",
    "Reached by": "预计达到",
    "Latest by": "最迟",
    "not before {year}": "不早于 {year} 年",
    "earliest, reached by, latest by: the target is reached by then with a chance of {low}, 50 and {high} %": (
        "最早、预计达到、最迟：到该日达标的概率分别为 {low}、50 和 {high} %"
    ),
    "ends of the interval": "区间两端",
    "central": "中位值",
    "path": "路径",
    "targets": "目标",
    "figures": "已公布数据",
    "'aiplus status' shows its pace; give it a range in targets.yaml if it is a share": (
        "'aiplus status' 显示其速度；若为比率，请在 targets.yaml 中写明 range"
    ),
    "'{text}' is no probability": "'{text}' 不是概率",
    "write a share from 0.001 to 0.999, such as 0.8": "请写 0.001 至 0.999 之间的小数，例如 0.8",
    # backtest
    "Method": "方法",
    "Brier score": "Brier 分数",
    "Accuracy": "准确率",
    "Calibration error": "校准误差",
    "80 % interval covers": "80 % 区间覆盖率",
    "at {years} years": "{years} 年期",
    "Mean width": "平均宽度",
    "Scores": "评分",
    "{name}: {cases} cases of {series} series, {met} % met": "{name}：{series} 个系列，{cases} 个案例，{met} % 达到",
    "calibrated was fitted {n} times, each time without the series it was judged on": (
        "calibrated 拟合 {n} 次，每次都不含用来评判它的系列"
    ),
    "{n} folds cannot be made of {series} series": "{series} 个系列分不成 {n} 份",
    "use 2 up to the number of series": "请用 2 至系列数之间的整数",
    "no series has four consecutive annual values and a later one to judge by": (
        "没有一个系列有连续四个年度值和其后可供检验的值"
    ),
    "the latest of the four must lie from 3 to 85, the first above 0; see docs/methods.md": (
        "四个值中最后一个须在 3 至 85 之间，第一个须大于 0；见 docs/methods.md"
    ),
    "fitting needs the package {name}, which is not installed": "拟合需要 {name} 包，尚未安装",
    "install it: pip install 'aiplus-cli[{extra}]'": "请安装：pip install 'aiplus-cli[{extra}]'",
    "the header has no column {names}": "表头缺少列 {names}",
    "the first line must be: series,year,value": "第一行须为：series,year,value",
    "the line is too short": "该行列数不足",
    "give series, year and value": "请写明 series、year 和 value",
    "'{text}' is no year": "'{text}' 不是年份",
    "write 2025 or 2025.5": "请写 2025 或 2025.5",
    "'{text}' is no share": "'{text}' 不是百分比",
    "write a number of per cent from 0 to 100": "请写 0 至 100 之间的数",
    "{series} has {year} twice": "{series} 的 {year} 出现两次",
    "keep one of the lines": "请只保留一行",
    "not UTF-8 text": "不是 UTF-8 文本",
    "save it as CSV in UTF-8": "请存为 UTF-8 编码的 CSV",
    "not CSV: {why}": "不是 CSV：{why}",
    "check the quotes near this line": "请检查该行附近的引号",
    # validate
    "unknown indicator '{id}'": "未知的指标 '{id}'",
    "'aiplus plan' lists the indicators; add new ones to targets.yaml": (
        "'aiplus plan' 列出各指标；新指标请加入 targets.yaml"
    ),
    "a rating: met, on_track, at_risk or lagging": "评级：met、on_track、at_risk 或 lagging",
    "a number": "数字",
    "'{value}' is no value for {id}": "'{value}' 不能作为 {id} 的值",
    "refers to {id}, which is not in the ledger": "引用了台账中没有的 {id}",
    "merge the branch that holds that line, or restore it": "请合并含有该行的分支，或恢复该行",
    "the line was edited: its content no longer gives the id {id}": "该行被改动过：内容与编号 {id} 不符",
    "restore the line, then correct it with 'aiplus record … --replaces {id}'": (
        "请恢复该行，再用 'aiplus record … --replaces {id}' 更正"
    ),
    "these lines replace or withdraw each other in a circle: {ids}": "这些行相互更正或撤回，形成循环：{ids}",
    "such ids were forged; restore the lines as they were recorded": "这些编号系伪造；请恢复原来的行",
    "control characters in a text": "文字中有控制字符",
    "withdraw the line and record it again without": "请撤回该行，去掉控制字符后重新记录",
    "{indicator} {region} {period}: {new} here and {old} at line {line}, from one source on one day": (
        "{indicator} {region} {period}：此处为 {new}，第 {line} 行为 {old}，来源和日期相同"
    ),
    "withdraw the wrong one: aiplus withdraw {a} (or {b}) --reason …": (
        "请撤回有误的一条：aiplus withdraw {a}（或 {b}）--reason …"
    ),
    "the value is not a number of at most 24 digits": "数值不是至多 24 位的数",
    "check the figure at its source": "请到来源核对该数据",
    "check the figure and its unit at the source": "请到来源核对该数据及其单位",
    # export
    "Bound": "上下限",
    "Operator": "运算符",
    "Buffer, months": "提前量（月）",
    "Probability": "达标概率",
    "Next figure due": "下次应公布日期",
    "Clause": "目标原文",
    "Reason": "说明",
    "Entries": "记录数",
    "First published": "最早公布",
    "Last published": "最近公布",
    "Indicators": "相关指标",
    "xlsx needs the package {package}": "xlsx 格式需要软件包 {package}",
    "install it: pip install 'aiplus-cli[excel]'": "请安装：pip install 'aiplus-cli[excel]'",
    "{rows} rows; a sheet of Excel has {limit}": "共 {rows} 行；Excel 工作表至多 {limit} 行",
    "a text of {n} characters; a cell of Excel holds {limit}": "文字长 {n} 个字符；Excel 单元格至多 {limit} 个字符",
    "use --format csv, json or jsonl, which have no such limit": "请用 --format csv、json 或 jsonl，均无此限制",
    "the name '{name}' does not tell the format": "从文件名 '{name}' 看不出格式",
    "add --format, one of: {allowed}": "请加 --format，可用：{allowed}",
    "{format} is not written to standard output": "{format} 格式不能写到标准输出",
    "add --output {name}": "请加 --output {name}",
    "only a status depends on it": "只有进展评估才用到它",
    "add --what status, or leave it out: the whole ledger or plan is exported": (
        "请加 --what status，或去掉它：导出的是整个台账或规划"
    ),
    "only CSV can begin with it": "只有 CSV 才能带此标记",
    "add --format csv, or leave it out": "请加 --format csv，或去掉它",
    "there is something else of that name": "已有同名的其他内容",
    "choose a new folder, or one that holds a former {mark}": "请选新文件夹，或含有原先导出的 {mark} 的文件夹",
    # the command line
    "no such option": "没有此选项",
    "missing": "缺少",
    "'{command} --help' shows how it is used": "用法见 '{command} --help'",
    "it needs a value": "需要一个值",
    "it takes no value": "不带值",
    "cannot be used: {why}": "不可用：{why}",
    "'{text}' is one too many": "多出 '{text}'",
    "put a text with blanks into quotes, or leave it out": "含空格的文字请加引号，或去掉它",
    "'{text}' is no command": "'{text}' 不是命令",
    # import
    "wrote {file}; edit it, then run the import with --map {file}": "已写入 {file}；请修改后用 --map {file} 再次导入",
    "figures recorded: {n}": "已记录数据：{n} 条",
    "nothing was written": "未写入任何内容",
    "standard input can be read once only": "标准输入只能读取一次",
    "rejected values not shown: {n}; --accept-valid writes all to a file": (
        "另有 {n} 个被拒数值未列出；--accept-valid 会将其全部写入文件"
    ),
    "rejected values in {file}: {n}": "{file} 中的被拒数值：{n} 个",
    "choose another name": "请另选文件名",
    "no such file": "没有这个文件",
    "more than {size} MiB": "超过 {size} MiB",
    "save it as a file": "请存为文件再导入",
    "the file unpacks to {size} MiB": "文件解压后达 {size} MiB",
    "save the table alone as CSV": "请将表格单独存为 CSV",
    "more than {cells} cells, {rows} rows or {columns} columns": "超过 {cells} 个单元格、{rows} 行或 {columns} 列",
    "save the table alone, as CSV or in a workbook of its own": "请将该表单独存为 CSV，或存为单独的工作簿",
    "cannot be read as a table: {why}": "无法作为表格读取：{why}",
    "open it in its own program and save it again, or save it as CSV": "请用原软件打开后重新保存，或存为 CSV",
    "more than 16 MiB of JSON; use JSON Lines": "JSON 超过 16 MiB；请改用 JSON Lines",
    "a line is longer than {size} MiB": "有一行超过 {size} MiB",
    "check that it is the right file": "请核对是否选对了文件",
    "the file is no list of objects": "文件不是对象列表",
    "not an object": "不是对象",
    "'{text}' is no encoding": "'{text}' 不是编码名称",
    "use utf-8, gb18030, utf-16 or another that Python knows": "请用 utf-8、gb18030、utf-16 或 Python 支持的其他编码",
    "the text is not in {encodings}": "文本不是 {encodings} 编码",
    "save the file as UTF-8, or name its encoding with --encoding": "请将文件存为 UTF-8，或用 --encoding 指明编码",
    "the file has NUL bytes: it is no text table, or UTF-16 without a mark": (
        "文件含有空字节：不是文本表格，或是没有标记的 UTF-16"
    ),
    "save it as UTF-8, or say --encoding utf-16-le": "请存为 UTF-8，或写明 --encoding utf-16-le",
    "the formula '{text}' was never calculated": "公式 '{text}' 从未计算",
    "open the file in Excel or WPS, let it calculate, and save it": "请用 Excel 或 WPS 打开，计算后保存",
    "reading this kind of file needs the package {package}": "读取此类文件需要软件包 {package}",
    "the {name} is missing in this row": "此行缺少 {name}",
    "write it out; a cell that stands for several rows needs 'fill: [{name}]' in a mapping": (
        "请写全；若一个单元格代表多行，请在映射文件中写 'fill: [{name}]'"
    ),
    "correct the period or the date, or give the status F for a forecast": (
        "请更正时期或日期；如为预测值，请将状态写为 F"
    ),
    "'{text}' stands outside the columns of the header": "'{text}' 超出表头的列",
    "a quote or a delimiter is missing in this row; correct the row": "此行缺少引号或分隔符；请更正该行",
    "name it under 'indicators' of a mapping, or under 'skip'": (
        "请在映射文件的 'indicators' 下写明其编号，或列入 'skip'"
    ),
    "the bound '{told}' does not fit the value": "界限 '{told}' 与数值不符",
    "{value} may be a share of 1 or a percentage": "{value} 可能是小数形式的比重，也可能是百分数",
    "write 42.8% or format the cell as a percentage, or give the column the unit %": (
        "请写成 42.8% 或将单元格设为百分比格式，或为该列写明单位 %"
    ),
    "the row was edited: its content no longer gives the id {id}": "该行被改动过：内容与编号 {id} 不符",
    "export the entries again; to bring in changed figures, take the column 'id' out": (
        "请重新导出；如要导入改动后的数据，请删去 'id' 列"
    ),
    "a date stands where a figure should: {text}": "应为数值之处是日期：{text}",
    "check the cell's format": "请检查单元格格式",
    "export the entries again; an export is not meant to be edited": "请重新导出；导出的文件不应改动",
    "the columns of figures do not fit together: two are alike, or of different kinds": (
        "各数据列不相配：有两列相同，或类型不一"
    ),
    "say in a mapping what each is, or which to ignore": "请在映射文件中写明各列含义，或忽略哪些列",
    "several columns are '{role}'": "有多列都是 '{role}'",
    "say in a mapping which of them to ignore": "请在映射文件中写明忽略哪一列",
    "no column holds figures": "没有数据列",
    "name one in a mapping: 'value', or the period, region or indicator of its figures": (
        "请在映射文件中写明：'value'，或该列数据的时期、地区、指标"
    ),
    "there is no table in it": "其中没有表格",
    "check the file, --sheet and --range": "请检查文件、--sheet 和 --range",
    "no row is understood as a header": "没有能识别为表头的行",
    "say in a mapping which row it is and what its columns are: --suggest-map writes one": (
        "请在映射文件中写明表头所在行及各列含义：--suggest-map 可生成"
    ),
    "the column '{title}' is not understood": "无法识别列 '{title}'",
    "say in a mapping what it is, or 'ignore': --suggest-map writes one": (
        "请在映射文件中写明其含义，或写 'ignore'：--suggest-map 可生成"
    ),
    "no column says the {role}": "没有说明 {role} 的列",
    "name it in a mapping: as a column, or under 'always' for the whole table": (
        "请在映射文件中写明：指定一列，或在 'always' 下对整表写明"
    ),
    "{indicator} {region} {period}: {new} here, {old} in another row, from one source on one day": (
        "{indicator} {region} {period}：此处为 {new}，另一行为 {old}，来源和日期相同"
    ),
    "keep the row that is right": "请只保留正确的一行",
    "{indicator} {region} {period}: {new} here, {old} in the ledger, from one source on one day": (
        "{indicator} {region} {period}：此处为 {new}，台账中为 {old}，来源和日期相同"
    ),
    "correct the file; if the ledger is wrong, run 'aiplus record … --replaces {id}'": (
        "请更正文件；如台账有误，请运行 'aiplus record … --replaces {id}'"
    ),
    "import the file that holds that entry with this one": "请与含有该记录的文件一并导入",
    "a list or an object stands where one value should": "应为单个值之处是列表或对象",
    "write one value, or take the key out": "请写一个值，或删去该键",
    "no resource 'figures' whose path is a file beside this one": "没有路径为同一文件夹内文件的资源 'figures'",
    "put the package's files into one folder": "请将数据包的文件放在同一文件夹",
    "the file has several sheets: {names}": "文件有多个工作表：{names}",
    "choose with --sheet NAME, which may be given more than once": "请用 --sheet 名称 选择，可多次给出",
    "'{text}' is no range": "'{text}' 不是单元格区域",
    "write it as A3:F40": "请写成 A3:F40",
    "{file} has no sheet '{name}'": "{file} 中没有工作表 '{name}'",
    "no well-formed row begins here: {why}": "此处开始的行格式有误：{why}",
    "check the quotes of this row: one is missing, or stands inside a cell": (
        "请检查该行的引号：可能缺少一个，或有引号夹在单元格中"
    ),
    "'{text}' adds up several months: it names no single period": "'{text}' 是数月累计，不是单一时期",
    "say in the mapping 'cumulative: last_month' to file it under its last month": (
        "如要记在最后一个月，请在映射文件中写 'cumulative: last_month'"
    ),
    "'{text}' may mean the day or the whole month": "'{text}' 可能指当日，也可能指全月",
    "write 2025-06 for the month, or say 'dates: month' (or day, year) in the mapping": (
        "指全月请写 2025-06，或在映射文件中写 'dates: month'（或 day、year）"
    ),
    "docs/import.md describes the keys": "各键说明见 docs/import.md",
    "an export of aiplus": "aiplus 导出的表",
    "a long table": "长表",
    "a wide table": "宽表",
    "header in row {header}": "表头在第 {header} 行",
    "keys as header": "以键为表头",
    "{name}: {kind}, {place}": "{name}：{kind}，{place}",
    "  rows below it: {rows}, without figures: {without}": "  其下 {rows} 行，其中无数据 {without} 行",
    "  values read: {total}; new {new}, unchanged {unchanged}, revised {revised}, rejected {rejected}, "
    "empty {empty}, skipped {skipped}": (
        "  读取数值 {total}：新增 {new}，不变 {unchanged}，修订 {revised}，拒绝 {rejected}，空 {empty}，略过 {skipped}"
    ),
    "  revises {indicator} {region} {period}: {old} -> {new}": "  修订 {indicator} {region} {period}：{old} -> {new}",
    "  new {indicator} {region} {period}: {value}": "  新增 {indicator} {region} {period}：{value}",
    "  and {n} more": "  另有 {n} 条",
    # the monthly review
    "proxy: {name}": "代理：{name}",
    "from {old} to {new}, method {method}": "自 {old} 至 {new}，方法 {method}",
    "targets: today's file on both days; --from-targets FILE compares with an earlier one": (
        "目标：两日均用现在的 targets.yaml；如需与早先的版本比较，请用 --from-targets FILE"
    ),
    "targets: compared with the file given": "目标：与所给的 targets.yaml 比较",
    "Changes": "变化",
    "Cause": "原因",
    "Metric": "速度指标",
    "Entry": "记录",
    "Came in between, without lasting effect here": "其间新增而最终无影响的记录",
    "in all": "合计",
    "judged on its own figures from now on: {cause}": "此后按自身数据判定：{cause}",
    "the lead proxy is now {lead}: {cause}": "主代理指标改为 {lead}：{cause}",
    "targets changed: {keys}": "目标变更：{keys}",
    "method changed: {old} → {new}": "方法变更：{old} → {new}",
    "time passed, to {day}": "时间推移，至 {day}",
    "{day}, recorded only on {recorded}": "{recorded} 才记录，{day}",
    "withdrawn: {old} ({reason}; {day})": "撤回：{old}（{reason}；{day}）",
    "withdrawal undone: {figure} ({reason}; {day})": "取消撤回：{figure}（{reason}；{day}）",
    "corrected: {old} → {new} (published {day})": "更正：{old} → {new}（{day} 公布）",
    "revised: {old} → {new} (published {day})": "修订：{old} → {new}（{day} 公布）",
    "forecast: {new} (published {day})": "预测：{new}（{day} 公布）",
    "new: {new} (published {day})": "新数据：{new}（{day} 公布）",
    "nothing changed; compared: {total}": "无变化；共比较 {total} 项",
    "changed: {n} of {total}, {verdicts} of them in verdict; every step has its cause": (
        "{total} 项中有 {n} 项变化，其中 {verdicts} 项判定改变；每一步均已注明原因"
    ),
    "published by {day} and recorded only later: {n}; they stand in both reports": (
        "{day} 前已公布、其后才记录的数据有 {n} 条；两份报告均已计入"
    ),
    "clock at {today}": "评估日 {today}",
    "Awaited figures": "待公布数据",
    "Awaited": "待公布时期",
    "Due": "应公布日",
    "Days left": "剩余天数",
    "State": "情况",
    "Owner": "责任人",
    "series: {total}; {parts}": "共 {total} 个序列：{parts}",
    "no figure is awaited": "没有待公布的数据",
    "{name}: no data until {day}: {reason}": "{name}：{day} 前无数据：{reason}",
    "'{text}' is no number of days": "'{text}' 不是天数",
    "write it as 30d": "请写成 30d",
    "targets.yaml is not the one of {path}; --from-targets FILE compares with the earlier one": (
        "targets.yaml 与 {path} 当时所用的不同；如需比较请用 --from-targets FILE"
    ),
    "the ledger no longer begins with the lines of {path}; its entries are told apart by date alone": (
        "台账开头已不是 {path} 当时的内容；只能按日期区分各条记录"
    ),
    "no run of an earlier month is recorded in {folder}: compared with {day}": (
        "{folder} 中没有以往月份的运行记录：与 {day} 比较"
    ),
    "{first} is later than {last}": "{first} 晚于 {last}",
    "give the earlier date first": "请先写较早的日期",
    "'{text}' owns no indicator in targets.yaml": "targets.yaml 中没有由 '{text}' 负责的指标",
    "owners: {names}": "责任人：{names}",
    "give indicators an 'owner' in targets.yaml": "请在 targets.yaml 中为指标写明 'owner'",
    "wrote {path}": "已写入 {path}",
    "{path} is kept; since then changed: {names}; --replace writes it anew": (
        "保留 {path}；此后有变化：{names}；如需重写请加 --replace"
    ),
    "{path} is already there, from the same inputs; nothing was written": "{path} 已存在且输入相同；未写入任何内容",
    "the files changed while they were read": "读取期间文件发生了变化",
    "not a recorded run: {why}": "不是运行记录：{why}",
    "restore the file, or move it away and run 'aiplus snapshot' again": (
        "请恢复该文件，或移走后重新运行 'aiplus snapshot'"
    ),
    # check, policy, waivers
    "--list and --explain-waivers cannot be written as {format}": "--list 和 --explain-waivers 不能写成 {format} 格式",
    "'{text}' names no file": "'{text}' 没有文件名",
    "write FORMAT=FILE, or FILE": "请写成 格式=文件，或文件名",
    "the step summary cannot be written: {why}": "无法写入步骤摘要：{why}",
    "'{word}' stands in --fail-on too": "'{word}' 也出现在 --fail-on 中",
    "keep it in one of them": "请只保留在其中一处",
    "{n} more; {summary}": "另有 {n} 条；{summary}",
    "fix: {text}": "处理：{text}",
    "since {day}": "自 {day} 起",
    "cut here: the summary has no more room; 'aiplus check' lists all": "摘要已满，此处截断；'aiplus check' 列出全部",
    "Level": "级别",
    "What": "对象",
    "Found": "实际",
    "Where": "位置",
    "Fix": "处理",
    "Newly met": "新达标",
    "Waived": "已豁免",
    "Resolved": "已消除",
    "The milestone has passed and its target is not met.": "阶段目标已到期，目标未达到。",
    "At the observed pace the target is out of reach.": "按目前速度无法达到目标。",
    "The target needs a faster pace than the observed one.": "达到目标需要快于目前的速度。",
    "Too few figures for a verdict.": "数据太少，无法判定。",
    "No figure is known.": "尚无数据。",
    "The plan gives words only, and nobody has rated it.": "规划仅有文字表述，尚无人评级。",
    "The next figure is overdue by more than the grace period.": "下一数据逾期超过宽限期。",
    "The next figure is awaited.": "下一数据待公布。",
    "There is no evidence at all.": "没有任何证据。",
    "The probability of meeting the target is too low, or unknown.": "达到目标的概率过低，或无法得知。",
    "The value fell back since the day of comparison.": "数值比对照日回落。",
    "The verdict worsened since the day of comparison.": "判定比对照日变差。",
    "The value fell back from the best one reached.": "数值低于曾达到的最好水平。",
    "The last recorded run is older than it may be, or there is none.": "上次运行记录过旧，或没有运行记录。",
    "A gate compares with the last recorded run, and there is none.": "关口要与上次运行记录比较，但没有运行记录。",
    "A waiver excuses nothing.": "豁免没有用到。",
    "A gate, or the whole run, judged nothing.": "某道关口或整次检查没有判定任何对象。",
    "docs/checks.md#{rule} says why, and what to do": "原因和处理方法见 docs/checks.md#{rule}",
    "{gate}: nothing judged": "{gate}：没有判定任何对象",
    "Gates": "关口",
    "Waivers": "豁免",
    "waived": "已豁免",
    "met": "达标",
    "resolved": "已消除",
    "new": "新出现",
    "or add to waivers:": "或在 waivers 中加入：",
    "Gate": "关口",
    "Looks at": "检查内容",
    "Asked": "要求",
    "Slack": "余量",
    "Line": "行",
    "Expires": "到期",
    "verdict": "判定",
    "evidence": "证据",
    "probability": "概率",
    "fall": "变差",
    "change of verdict": "判定变化",
    "ratchet": "棘轮",
    "expired: the finding counts again": "已到期：发现重新计入",
    "the value is worse than its floor: the finding counts": "数值差于豁免下限：发现计入",
    "without use": "未用到",
    "not yet granted": "尚未生效",
    "not judged in this run": "本次未判定",
    "check: judged {judged}; failed {fail}, warnings {warn}, waived {waived}, newly met {met}": (
        "检查：判定 {judged} 项；失败 {fail}，警告 {warn}，豁免 {waived}，新达标 {met}"
    ),
    "{verdict}: {found} against {asked} by {due}": "{verdict}：实际 {found}，要求 {due} 前 {asked}",
    ", chance {share} ({method})": "，概率 {share}（{method}）",
    ", {measure} ({method})": "，{measure}（{method}）",
    ", needs {pace} the pace so far ({method})": "，需目前速度的 {pace}（{method}）",
    ": ": "：",
    "stale: the figure after {period} was due on {day}, and may come until {limit}": (
        "过期：{period} 之后的数据应于 {day} 公布，最迟 {limit}"
    ),
    "the probability is {found}, asked is >= {asked}": "概率为 {found}，要求 >= {asked}",
    "{start}: {found} against {op} {asked}": "{start}：实际 {found}，要求 {op} {asked}",
    "the gate fits no result": "没有结果符合该关口",
    "the gate has nothing to compare with: no value is known of {day}": "该关口无从比较：没有 {day} 的数值",
    "nothing was judged: no result has a figure or a rating to judge by": "没有判定任何对象：所有结果均无数据或评级",
    "{verdict}: no probability, asked is >= {asked}": "{verdict}：没有概率，要求 >= {asked}",
    "give the target an 'op' and a 'value', or judge it by open-sdg, which needs none": (
        "请为目标写明 'op' 和 'value'，或用不需要数值的 open-sdg 判定"
    ),
    "record another figure: aiplus record {id} VALUE --period PERIOD": (
        "请再记录一个数据：aiplus record {id} 数值 --period 时期"
    ),
    "record a figure: aiplus record {id} VALUE --period PERIOD (published by {who})": (
        "请记录数据：aiplus record {id} 数值 --period 时期（{who}公布）"
    ),
    "'aiplus show {id} --explain' shows the arithmetic; record newer figures": (
        "'aiplus show {id} --explain' 列出计算过程；请记录更新的数据"
    ),
    "no figure": "无数据",
    "figure {id}: {source}, published on {day}": "数据 {id}：{source}，{day} 公布",
    "newly met: {found} against {asked} by {due}; not met on {day}": (
        "新达标：实际 {found}，要求 {due} 前 {asked}；{day} 尚未达标"
    ),
    "policy": "检查要求",
    "recorded runs": "运行记录",
    "{rule}: found on {day}, and no more": "{rule}：{day} 曾发现，现已消除",
    "{name} (stands for {id})": "{name}（{id} 的代理指标）",
    "the verdict worsened: {found}, against {asked} on {day}": "判定变差：现为{found}，{day} 为{asked}",
    ", expected then {expected}": "，当期应达 {expected}",
    "awaited: the figure after {period} was due on {day}": "待更新：{period} 之后的数据应于 {day} 公布",
    "method {method} gives no probability, asked is >= {asked}": "方法 {method} 不给出概率，要求 >= {asked}",
    "worse than the best value, published on {day}": "不及 {day} 公布的最好水平",
    "worse than on {day}": "比 {day} 变差",
    "a waiver without use: gate {gate}, expires on {day}": "未用到的豁免：关口 {gate}，{day} 到期",
    "no run is recorded to compare with": "没有可供比较的运行记录",
    "no run is recorded; asked is one at most {most} days old": "没有运行记录；要求不早于 {most} 天",
    "the last recorded run is {age} days old, asked is at most {most}": (
        "上次运行记录距今 {age} 天，要求不超过 {most} 天"
    ),
    "nothing was judged: no result fits the gates and the options": "没有判定任何对象：无结果符合关口和选项",
    "the waiver at {where} expired on {day} ({owner}: {reason})": "{where} 的豁免已于 {day} 到期（{owner}：{reason}）",
    "record the next figure: aiplus record {id} VALUE --period PERIOD (published by {who})": (
        "请记录下一数据：aiplus record {id} 数值 --period 时期（{who}公布）"
    ),
    "rate it: aiplus record {id} RATING --period {year} (met, on_track, at_risk or lagging)": (
        "请评级：aiplus record {id} 评级 --period {year}（评级为 met、on_track、at_risk 或 lagging）"
    ),
    "choose a method that gives probabilities, or ask for a verdict instead": "请选用给出概率的方法，或改为检查判定",
    "check the figure at its source; if it is wrong: aiplus record {id} VALUE --period {period} --replaces {figure}": (
        "请到来源核对数据；如有误：aiplus record {id} 数值 --period {period} --replaces {figure}"
    ),
    "record this month's run: aiplus snapshot": "请记录本月运行：aiplus snapshot",
    "{n} days": "{n} 天",
    "passed": "通过",
    "fail": "失败",
    "warning": "警告",
    "{verdict}: {clause}": "{verdict}：{clause}",
    "the waiver at {where} excuses no value worse than {floor} ({owner}: {reason})": (
        "{where} 的豁免不适用于差于 {floor} 的数值（{owner}：{reason}）"
    ),
    "waived until {day} at {where} ({owner}: {reason})": "豁免至 {day}，见 {where}（{owner}：{reason}）",
    "remove the waiver, or correct what it names": "请删去该豁免，或更正其所指",
    "check the options, the gates of the policy and the targets of the plan": "请核对选项、检查要求的关口和规划的目标",
    "the pattern '{pattern}' has a bracket": "通配式 '{pattern}' 中有方括号",
    "a pattern has * for any text and ? for one character": "通配式中 * 表示任意文字，? 表示一个字符",
    "the gate asks for nothing": "该关口没有任何要求",
    "give it fail, warn, ratchet or a probability": "请写 fail、warn、ratchet 或概率",
    "'regression' and 'worsened' belong together with 'since' or 'since_last'": (
        "'regression'、'worsened' 须与 'since' 或 'since_last' 同用"
    ),
    "give a day to compare with, and the word in fail or warn": "请给出对照日，并在 fail 或 warn 中写明该词",
    "'since' and 'since_last' exclude each other": "'since' 与 'since_last' 只能用其一",
    "keep one of the two": "请只保留一个",
    "the warning at {warn} never comes before the failure at {fail}": "警告线 {warn} 不会早于失败线 {fail}",
    "let warn_probability_below be the larger one": "请让 warn_probability_below 较大",
    "the tolerance is negative": "容差为负",
    "write 0 or more, in the indicator's unit": "请按指标单位写 0 或正数",
    "a tolerance is for 'regression' or 'ratchet', and the gate has neither": (
        "容差用于 'regression' 或 'ratchet'，该关口两者皆无"
    ),
    "remove it, or say what it is for": "请删去，或写明用途",
    "the waiver expires before it is granted": "豁免的到期日早于生效日",
    "correct the dates": "请更正日期",
    "a second waiver for the same gate, indicator, region and milestone": "同一关口、指标、地区和阶段目标的第二条豁免",
    "'{word}' stands in both fail and warn": "'{word}' 同时出现在 fail 和 warn 中",
    "'{value}' is no probability": "'{value}' 不是概率",
    "write a number above 0 and up to 1": "请写大于 0、不超过 1 的数",
    "the waiver lasts {days} days, from {granted} to {expires}": "豁免长达 {days} 天，自 {granted} 至 {expires}",
    "let it expire by {day}, and renew it then with a new 'granted'": (
        "请让其在 {day} 前到期，届时以新的 'granted' 续期"
    ),
    "the pattern '{pattern}' fits no {kind}": "通配式 '{pattern}' 不符合任何 {kind}",
    "the waiver expires on {day}, more than 180 days after {today}": "豁免于 {day} 到期，距 {today} 超过 180 天",
    "let it expire by {day}, or say with 'granted' since when it holds": (
        "请让其在 {day} 前到期，或用 'granted' 写明生效日"
    ),
    "nobody knows then what is published later": "届时尚不知此后公布的数据",
    "'{text}' is one output too many": "'{text}' 是多余的输出",
    "write each format to a file of its own: --output junit=report.xml": (
        "每种格式请写入各自的文件：--output junit=report.xml"
    ),
    "no figure is known for a period that ended by {due}": "截至 {due} 的时期尚无数据",
    "there is no such file or folder": "没有该文件或文件夹",
    "permission denied": "没有权限",
    "it is a folder": "这是文件夹",
    "a part of the path is no folder": "路径中有一部分不是文件夹",
    "no space is left on the disk": "磁盘空间不足",
    "the disk is read-only": "磁盘只读",
    "check the name and the permissions": "请核对名称和权限",
    "choose a place that exists and has room, and where you may write": "请选择存在、有空间且可写入的位置",
    "a merge left its mark here": "合并冲突的标记仍留在此处",
    "remove the marks and keep the entries of both sides; repeated lines count once": (
        "请删去标记，保留双方的记录；重复的行只算一次"
    ),
    "no target of a milestone asked for lies ahead": "所问阶段目标中，此后没有目标",
    "no figure is known for {region} on {day}": "{day} 尚无 {region} 的数据",
    "{indicator} is a rating, and has no numbers to forecast from": "{indicator} 是评级，没有可供预测的数值",
    "'aiplus show {id}' shows its ratings": "'aiplus show {id}' 列出其评级",
    "{what} is not written as {format}": "{what} 不能写成 {format} 格式",
    "'aiplus plan' lists them": "'aiplus plan' 列出全部",
    "no entry was recorded": "没有记录",
    "no room for: {columns}": "因宽度不足未显示：{columns}",
    "targets.yaml has no waivers": "targets.yaml 中没有豁免",
    "'{text}' and the unit {unit} of the table contradict each other": "'{text}' 与表中的单位 {unit} 矛盾",
    "correct the one that is wrong": "请更正有误的一处",
    "the action '{text}' is not one that records a figure": "操作 '{text}' 不是记录数据",
    "take the row out; 'aiplus withdraw' takes a figure back": "请删去此行；撤回数据请用 'aiplus withdraw'",
    "'{text}' looks like a change": "'{text}' 像是增减量",
    "write the level, or the number without its sign": "请写水平值，或不带正负号的数字",
    "the units contradict each other: {units}": "单位相互矛盾：{units}",
    "the row '{text}' may say the region of the rows below it": "'{text}' 一行可能指其下各行的地区",
    "give the table a column for the region, or take these rows out": "请为表增加地区列，或删去这些行",
    "a second header stands here: '{text}'": "此处是第二个表头：'{text}'",
    "import the tables one by one: --range A1:F20": "请逐表导入：--range A1:F20",
    "the unit is not certain: '{text}'": "单位不确定：'{text}'",
    "say in a mapping which unit holds: under 'always', or for each column": (
        "请在映射文件中写明单位：写在 'always' 下，或逐列写明"
    ),
    "the title names {region}, and no column says the region": "标题提到 {region}，但没有说明地区的列",
    "say the region in a mapping, under 'always'": "请在映射文件的 'always' 下写明地区",
    "the {role} is said twice: by a column, and by the headers of the figures": "{role} 出现两次：既有一列，表头中也有",
    "it is a link to another file, which is left alone": "这是指向其他文件的链接，未作改动",
    "move the link away": "请移走该链接",
    "give a file": "请给出文件",
    "withdrawn or corrected in the ledger, and left so: {ids}": "台账中已撤回或更正，保持不变：{ids}",
    "no value of the range satisfies the target": "取值范围内没有数值能满足目标",
    "the line has more cells than the header": "此行的单元格多于表头",
    "check its commas and quotes": "请检查逗号和引号",
    "the series has no name": "系列没有名称",
}
