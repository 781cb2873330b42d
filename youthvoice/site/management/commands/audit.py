from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from youthvoice.site.namelessness import audit


class Command(BaseCommand):
    help = "Look for what could lead from a nameless question to its asker: audit nameless."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["nameless"])
        parser.add_argument(
            "--also",
            metavar="PATH",
            type=Path,
            action="append",
            default=[],
            help="a log, an export or a folder of them, besides the house's own files",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        missing = [str(path) for path in options["also"] if not path.exists()]
        if missing:
            raise CommandError(_("没有这个文件或目录：%s") % "、".join(missing))
        own = [Path(settings.MEDIA_ROOT), Path(settings.DATA_DIR) / "exports"]
        found = audit([*(p for p in own if p.exists()), *options["also"]])
        for link in found.links:
            self.stdout.write(f"{link.where}: {link.what}")
        self.stdout.write(
            _("匿名的提问 %(questions)d 个，表 %(tables)d 张，文件 %(files)d 个，")
            % {"questions": found.questions, "tables": found.tables, "files": found.files}
            + _("能联到人的线索 %d 处。") % len(found.links)
        )
        if found.links:
            raise SystemExit(1)
