"""`youthvoice COMMAND`: one documented front for serving and for Django's management commands.

Django is imported only once the data folder is known, and not at all for `serve`.
"""

import os
import sys
import tomllib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

#: Ours, in the order of the help: name → (Django's command, what it is for).
COMMANDS: dict[str, tuple[str, str]] = {
    "serve": ("", "启动网页与后台任务（即 ./run）/ start web and worker (what ./run does)"),
    "create-operator": ("create_operator", "建立平台管理员 / make an operator's account"),
    "seal-keys": ("seal_keys", "为封存身份造一对钥匙 / make a key pair for sealed records"),
    "reset-second-factor": (
        "reset_second_factor",
        "给丢了手机的工作人员重置第二步验证 / for staff who lost their second factor",
    ),
    "import": ("import_messages", "从 JSONL 文件导入提问 / import messages from a JSONL file"),
    "import-bodies": (
        "import_bodies",
        "从表格导入组织 / make organisations from a table",
    ),
    "import-members": (
        "import_members",
        "从表格导入成员 / give roles, or links to join, from a table",
    ),
    "recount": ("recount", "从记录重算计数 / recompute the counters from the record"),
    "check-cases": (
        "check_cases",
        "查每个提问都有承办、时限和经过 / each question has holder, clock, trail",
    ),
    "check-names": (
        "check_names",
        "列出如今会被当成单位的昵称 / list nicknames that read like an office's today",
    ),
    "evaluate": (
        "evaluate",
        "量一量转办建议有多准 / measure how good routing is on labelled rows",
    ),
    "routing-figures": (
        "routing_figures",
        "转办建议被采纳多少 / how often suggestions were followed, or undone",
    ),
    "verify-journal": ("verify_journal", "查验日志的哈希链 / verify the journal's chain of hashes"),
    "erased": ("erased", "列出抹去的账号编号，恢复备份后再抹一次 / who was erased, and again"),
    "audit": ("audit", "查有没有什么能联到匿名的人 / look for links to nameless askers"),
    "load-instance": ("load_instance", "载入地区、组织与分工 / load regions, bodies, routes"),
    "load-demo": ("load_demo", "载入演示内容 / load the demo content"),
    "worker": ("worker", "只运行后台任务与时钟 / run only the tasks and the clock"),
    "migrate": ("migrate", "更新数据库结构 / bring the database up to this version"),
    "check": ("check", "检查设置 / check the settings"),
    "shell": ("shell", "Python 命令行 / a Python shell"),
}


def main(words: Sequence[str]) -> int:
    """Run one command; returns (or exits with) its status: 2 when it was mistyped."""
    if not words or words[0] in {"-h", "--help", "help"}:
        print(help_text())
        return 0
    name, *rest = words
    if name == "--version":
        print(f"youthvoice {version()}")
        return 0
    if name == "serve":
        from youthvoice.supervisor.serve import main as serve  # noqa: PLC0415 - not for others

        return serve(rest)
    data, rest = without_data(rest)
    if data is not None:
        if not data:
            return complain("--data 后面要有一个目录。", "--data wants a folder.")
        os.environ["YOUTHVOICE_DATA"] = str(Path(data).expanduser().resolve())
    return manage(name, rest)


def manage(name: str, rest: Sequence[str]) -> int:
    """Hand over to Django's command of that name."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    command = COMMANDS[name][0] if name in COMMANDS else name.replace("-", "_")
    with settings_checked():
        import django  # noqa: PLC0415 - only now is the data folder known
        from django.core.management import ManagementUtility, get_commands  # noqa: PLC0415

        django.setup()
        if command not in get_commands():
            return complain(
                f"没有 {name} 这个命令；youthvoice --help 列出所有命令。",
                f"There is no command {name}; youthvoice --help lists them all.",
            )
        try:
            ManagementUtility(["youthvoice", command, *rest]).execute()
        except KeyboardInterrupt:
            return 130
    return 0


def without_data(words: Sequence[str]) -> tuple[str | None, list[str]]:
    """Take `--data DIR` or `--data=DIR` out of the words; the folder is "" when it is missing."""
    data: str | None = None
    rest: list[str] = []
    left = iter(words)
    for word in left:
        if word == "--":
            return data, [*rest, word, *left]
        if word == "--data":
            data = next(left, "")
        elif word.startswith("--data="):
            data = word.removeprefix("--data=")
        else:
            rest.append(word)
    return data, rest


@contextmanager
def settings_checked() -> Iterator[None]:
    """End with one sentence, not a traceback, when the settings or the database are wrong."""
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415
    from django.db.utils import OperationalError  # noqa: PLC0415

    try:
        yield
    except ImproperlyConfigured as problem:
        complain(f"设置有误：{problem}", f"The settings are wrong: {problem}")
    except OperationalError as problem:
        reason = " ".join(str(problem).split())
        complain(f"数据库无法使用：{reason}", f"The database can't be used: {reason}")
    else:
        return
    raise SystemExit(1)


def complain(chinese: str, english: str) -> int:
    """Say what is wrong on standard error; returns the status of a mistyped command."""
    print(chinese, english, sep="\n", file=sys.stderr)
    return 2


def version() -> str:
    """The release that this is, or that it will be once it is out."""
    project = Path(__file__).resolve().parents[1] / "pyproject.toml"
    found: str = tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"]
    return found


def help_text() -> str:
    width = max(map(len, COMMANDS)) + 2
    lines = (f"  {name:<{width}}{purpose}" for name, (_, purpose) in COMMANDS.items())
    return "\n".join(
        [
            "用法：youthvoice 命令 [选项]",
            "",
            *lines,
            "",
            "每个命令都认 --data DIR（数据目录，默认 var/）和 --help；Django 的其他命令也能用。",
            "Every command takes --data DIR (the data folder, default var/) and --help;",
            "Django's other commands work too. --version tells which version this is.",
        ]
    )
