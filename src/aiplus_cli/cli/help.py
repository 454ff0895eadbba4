"""Chinese help: the texts by their English ones, and a page that knows how wide hanzi are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from aiplus_cli.words.i18n import cells, wrap

HELP: dict[str, str] = {
    # the page
    "Options": "选项",
    "Arguments": "参数",
    "Commands": "命令",
    "Is China's AI+ plan on course for its 2027, 2030 and 2035 milestones?": (
        "“人工智能+”行动是否按期推进，能否达到 2027、2030、2035 年目标？"
    ),
    "Without a command: status. Exit codes: 0 done, 1 bug, 2 usage, 3 bad input, 4 environment, and for check "
    "10 progress fails, 11 only evidence fails.": (
        "不写命令即为 status。退出码：0 完成，1 程序错误，2 用法错误，3 输入有误，4 环境问题；"
        "check 另有：10 进展不合要求，11 仅证据不合要求。"
    ),
    "Show the version and exit.": "显示版本后退出。",
    "Show this message and exit.": "显示本说明后退出。",
    "Install completion for the current shell.": "为当前 shell 安装自动补全。",
    "Show completion for the current shell, to copy it or customize the installation.": (
        "显示当前 shell 的补全脚本，可复制或自行安装。"
    ),
    # commands
    "Compare the latest figures with the milestones.": "将最新数据与阶段目标比较。",
    "Everything about one indicator.": "一个指标的全部情况。",
    "Record a published figure, or a rating.": "记录一个已公布的数据或评级。",
    "Take an entry of the ledger back, with a reason.": "撤回台账中的一条记录，并说明原因。",
    "The ledger as it was written.": "按写入顺序列出台账。",
    "The figures, the status or the targets as CSV, Excel, JSON and more.": (
        "将数据、进展评估或目标导出为 CSV、Excel、JSON 等。"
    ),
    "Milestones, areas and actions, and what watches them.": "阶段目标、重点领域、任务及其监测指标。",
    "Every problem of targets.yaml and progress.jsonl.": "列出 targets.yaml 和 progress.jsonl 的全部问题。",
    "A new workspace from the packaged plan.": "用自带的规划新建工作区。",
    "The JSON Schema of a file or an output.": "文件或输出的 JSON Schema。",
    # shared options
    "zh or en; default AIPLUS_LANG, then the locale.": "zh 或 en；默认取 AIPLUS_LANG，其次系统语言。",
    "Use only figures published on or before this date.": "只用该日及以前公布的数据。",
    "Set the clock; default --as-of, else AIPLUS_TODAY, else now.": (
        "设定评估日；默认取 --as-of，其次 AIPLUS_TODAY，再次系统日期。"
    ),
    "Write to this file instead of standard output.": "写入该文件，而不是标准输出。",
    "Say what would be recorded; write nothing.": "只说明将记录什么，不写入。",
    "Judge all by linear, open-sdg, un, calibrated or agreement; default: each by its own.": (
        "全部用 linear、open-sdg、un、calibrated 或 agreement 判定；默认各用其方法。"
    ),
    "Show the verdict of every method side by side.": "并列各方法的判定。",
    "Code or name.": "地区代码或名称。",
    "Code or name; default CN.": "地区代码或名称；默认 CN。",
    "Its id.": "指标编号。",
    # status, show, log
    "Only this milestone; may be repeated.": "只看该阶段目标；可写多次。",
    "Only this area; may be repeated.": "只看该领域；可写多次。",
    "A region by code or name, or all; default CN; may be repeated.": "地区代码或名称，或 all；默认 CN；可写多次。",
    "Only this indicator and its proxies; may be repeated.": "只看该指标及其代理指标；可写多次。",
    "table, json, csv or markdown.": "table、json、csv 或 markdown。",
    "Print the arithmetic with the numbers put in.": "列出代入数字的计算过程。",
    "Only this indicator.": "只看该指标。",
    "Only entries recorded on or after this date.": "只看该日及以后记录的条目。",
    # record, withdraw
    "42.8, 42.8%, 超50%, '>50%', 5.15亿; or a rating: met, on_track, at_risk, lagging.": (
        "42.8、42.8%、超50%、'>50%'、5.15亿；或评级：met、on_track、at_risk、lagging。"
    ),
    "2025, 2025-H1, 2025-Q3, 2025-06, 2025-06-30.": "2025、2025-H1、2025-Q3、2025-06、2025-06-30。",
    "When the world knew; default today.": "公布日期；默认今天。",
    "Who published it, and where; default the indicator's publisher.": "公布机构和出处；默认为该指标的发布机构。",
    "Where to read it.": "网址。",
    "What a reader should know.": "给读者的备注。",
    "A normal, P provisional, E estimated, F forecast, B break.": "A 正常，P 初步，E 估计，F 预测，B 口径变更。",
    "The id of the wrong entry that this one corrects.": "所更正的错误记录的编号。",
    "The id, or its first characters, as `aiplus log` shows.": "编号或其开头几个字符，见 `aiplus log`。",
    "Why it is taken back.": "撤回的原因。",
    "From when on; default today.": "自何日起生效；默认今天。",
    # export
    "figures (the whole ledger), status or targets.": "figures（整个台账）、status（进展评估）或 targets（目标）。",
    "csv, xlsx, json, jsonl, sdmx-csv or datapackage; default by the name of the output, or csv.": (
        "csv、xlsx、json、jsonl、sdmx-csv 或 datapackage；默认由输出文件名判断，否则为 csv。"
    ),
    "Begin CSV with a byte order mark, for Excel.": "在 CSV 开头写入字节顺序标记，供 Excel 识别。",
    "For the status: code or name, or all; default CN.": "用于进展评估：地区代码或名称，或 all；默认 CN。",
    "For the status: only figures published on or before this date.": "用于进展评估：只用该日及以前公布的数据。",
    "For the status: judge all by this method.": "用于进展评估：全部用该方法判定。",
    "Write to this file, for datapackage this folder; default standard output.": (
        "写入该文件（datapackage 为文件夹）；默认标准输出。"
    ),
    # forecast, methods, backtest
    "Where an indicator is heading, with its uncertainty.": "一个指标的走势及其不确定性。",
    "The verdict methods: question, rule and formula.": "判定方法：问题、规则和公式。",
    "Score every method on past series.": "用历史系列给各方法评分。",
    "A region by code or name; default CN.": "地区代码或名称；默认 CN。",
    "The probability of the interval, above 0 and below 1.": "区间的概率，大于 0 且小于 1。",
    "table, json or csv.": "table、json 或 csv。",
    "table or json.": "table 或 json。",
    "A CSV with the columns series, year, value.": "CSV 文件，列为 series、year、value。",
    "Cross-validate calibrated: K fits, each without a part of the series.": (
        "交叉验证 calibrated：拟合 K 次，每次留出一部分系列。"
    ),
    "Fit calibrated to the file and write its table as JSON.": "用该文件拟合 calibrated，参数表写为 JSON。",
    # import
    "Record the figures of a CSV, Excel, ODS or JSON file.": "记录 CSV、Excel、ODS 或 JSON 文件中的数据。",
    "CSV, TSV, XLSX, XLS, ODS, JSON; - is stdin.": "CSV、TSV、XLSX、XLS、ODS、JSON；- 为标准输入。",
    "A mapping file: what headers and names mean.": "映射文件：说明表头和名称的含义。",
    "Write a mapping for FILE to edit (- prints it), and stop.": "为 FILE 写出待编辑的映射文件（- 为打印）后停止。",
    "Write the valid rows, the others to FILE.rejected.csv.": "写入有效行，其余写入 FILE.rejected.csv。",
    "Of a text file; default UTF-8, else GB18030.": "文本文件的编码；默认 UTF-8，否则 GB18030。",
    "A sheet's name; may be given more than once.": "工作表名；可写多次。",
    "Only these cells: A3:F40, B:D or 3:40.": "只读这些单元格：A3:F40、B:D 或 3:40。",
    "Who published the figures, where the file does not say.": "数据的公布者（文件未写明时）。",
    "When they were published, where the file does not say; default today.": ("公布日期（文件未写明时）；默认今天。"),
    # check
    "Fail when the plan's policy is not satisfied, for scripts and CI.": (
        "不符合规划的检查要求时失败，供脚本和 CI 使用。"
    ),
    "A region by code or name, or all; default CN and the regions of the policy.": (
        "地区代码或名称，或 all；默认 CN 及检查要求中的地区。"
    ),
    "Verdicts and evidence that fail, instead of the policy's: lagging,stale.": (
        "判为失败的判定和证据状态，代替检查要求中的：lagging,stale。"
    ),
    "The same for warnings, which leave the exit code at 0.": "同上，但只是警告，退出码仍为 0。",
    "Every warning fails.": "警告一律视为失败。",
    "Also fail on what fell back or worsened since the last recorded run.": "比上次运行记录回落或变差的也视为失败。",
    "Also fail when the last recorded run is older than so many days, as 40d.": (
        "上次运行记录早于若干天（如 40d）也视为失败。"
    ),
    "Report only: 0 whatever the gates find.": "只报告：无论结果如何退出码均为 0。",
    "Every gate, what it judges, and its slack.": "列出每道关口、所判对象及余量。",
    "Every waiver and what became of it.": "列出每条豁免及其结果。",
    "text, json, junit, sarif, github, gitlab or markdown.": "text、json、junit、sarif、github、gitlab 或 markdown。",
    "FILE, or FORMAT=FILE for one more format; may be repeated.": "文件，或 格式=文件（再输出一种格式）；可写多次。",
    # diff, due, snapshot
    "What changed between two dates, and why.": "两个日期之间的变化及其原因。",
    "The earlier date or run (runs/2026-10.json); default the last month's run, else its end.": (
        "较早的日期或运行记录（runs/2026-10.json）；默认上月的运行记录，否则为上月末。"
    ),
    "The later date; default AIPLUS_TODAY, else now.": "较晚的日期；默认取 AIPLUS_TODAY，否则为今天。",
    "The targets.yaml of the earlier date, as from git show.": "较早日期的 targets.yaml，例如由 git show 取得。",
    "The method on the earlier date; default the run's, else --method.": (
        "较早日期所用的方法；默认取运行记录的方法，否则同 --method。"
    ),
    "The folder of recorded runs; default runs/ beside targets.yaml.": (
        "运行记录的文件夹；默认 targets.yaml 旁的 runs/。"
    ),
    "table, json or markdown.": "table、json 或 markdown。",
    "Which figures are awaited or overdue.": "待公布和逾期的数据。",
    "Only indicators of this owner.": "只看该负责人的指标。",
    "Only what is overdue or due in so many days, as 30d.": "只看逾期或在若干天内应公布的数据，如 30d。",
    "A region by code or name; default all.": "地区代码或名称；默认全部。",
    "Record this month's run in runs/.": "将本月的运行记入 runs/。",
    "Write the month's run anew if its inputs changed.": "输入有变时重写本月的运行记录。",
    # init, schema
    "Default: the current folder.": "默认：当前文件夹。",
    "The plan without its figures.": "只要规划，不要数据。",
    "targets, status, forecast, backtest, check, diff, due or run.": (
        "targets、status、forecast、backtest、check、diff、due 或 run。"
    ),
}
"""The Chinese of every text that --help shows; a test compares it with the commands."""

_EXTRA = re.compile(r"(.*?)(?:  )?\[((?:default: .*?)?(?:; )?(?:required)?)\]\Z", re.DOTALL)
_EXTRAS = (("default: ", "默认："), ("; ", "；"), ("required", "必填"))
_USAGE = (("[OPTIONS]", "[选项]"), ("COMMAND [ARGS]...", "命令 [参数]..."))


def chinese(text: str) -> str:
    """A text of the help in Chinese, with its [default: …] and [required]; unknown text as it is."""
    match = _EXTRA.match(text)
    if match is None or text in HELP:
        return HELP.get(text, text)
    extra = match[2]
    for english, translated in _EXTRAS:
        extra = extra.replace(english, translated)
    return f"{HELP.get(match[1], match[1])}  [{extra}]".lstrip()


class ChineseHelp:
    """Takes what typer writes into a help page, in Chinese. It is a page of its own: typer's counts characters."""

    def __init__(self, max_width: int | None) -> None:
        import shutil

        self.width = max(min(shutil.get_terminal_size().columns, max_width or 80) - 2, 50)
        self._lines: list[str] = []
        self._indent = 0

    def getvalue(self) -> str:
        return "\n".join(self._lines) + "\n"

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        del prefix
        for english, translated in _USAGE:
            args = args.replace(english, translated)
        self._lines += wrap(f"用法：{prog} {args}", self.width)

    def write_paragraph(self) -> None:
        self._lines.append("")

    def write_text(self, text: str) -> None:
        paragraphs = [chinese(" ".join(part.split())) for part in text.split("\n\n")]
        for number, paragraph in enumerate(paragraphs):
            self._lines += [""] * bool(number)
            self._lines += [" " * self._indent + line for line in wrap(paragraph, self.width - self._indent)]

    def write_dl(self, rows: Sequence[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        first = min(max(cells(name) for name, _ in rows), col_max) + col_spacing
        for name, text in rows:
            lines = wrap(chinese(text), max(self.width - first - 2, 10))
            head = " " * self._indent + name
            if cells(name) > col_max:
                self._lines.append(head)
                head = " " * self._indent
            self._lines.append((head + " " * (first + self._indent - cells(head)) + lines[0]).rstrip())
            self._lines += [" " * (first + self._indent) + line for line in lines[1:]]

    @contextmanager
    def section(self, name: str) -> Iterator[None]:
        self.write_paragraph()
        self._lines.append(f"{chinese(name)}：")
        with self.indentation():
            yield

    @contextmanager
    def indentation(self) -> Iterator[None]:
        self._indent += 2
        yield
        self._indent -= 2
