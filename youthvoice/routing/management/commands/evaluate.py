from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from youthvoice.orgs.choices import Group
from youthvoice.routing import evaluating
from youthvoice.routing.choices import Target
from youthvoice.routing.reading import Unreadable, read
from youthvoice.routing.training import PRECISION, TooLittle


class Command(BaseCommand):
    help = "Measure a model on rows whose right label is known: evaluate routing TEST --train TRAIN"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["routing"])
        parser.add_argument(
            "test",
            type=Path,
            metavar="TEST",
            help="JSON Lines with id, title, body, asked_at, label",
        )
        parser.add_argument(
            "--train",
            type=Path,
            metavar="TRAIN",
            help="what to learn from; the same file means folds; none, the rules alone",
        )
        parser.add_argument("--folds", type=int, default=5, help="2 to 20, with the same file")
        parser.add_argument("--repeats", type=int, default=1, help="so many other folds besides")
        parser.add_argument("--curve", action="store_true", help="how it grows with what is learnt")

    def handle(self, *args: Any, test: Path, train: Path | None, **options: Any) -> None:
        parts, repeats = options["folds"], options["repeats"]
        if not 2 <= parts <= 20:
            raise CommandError(_("--folds 要在 2 到 20 之间。"))
        if not 1 <= repeats <= 20:
            raise CommandError(_("--repeats 要在 1 到 20 之间。"))
        try:
            rows = read(test)
            if train is None:
                self._tell(evaluating.over_rules(Target.GROUP, rows))
                return
            is_same = train.resolve() == test.resolve()
            learnt = None if is_same else read(train)
            if learnt is None:
                for seed in range(repeats):
                    self.stdout.write(f"folds {parts}, split {seed + 1} of {repeats}")
                    self._tell(evaluating.over_folds(Target.GROUP, rows, parts=parts, seed=seed))
            else:
                self._tell(evaluating.over_test(Target.GROUP, rows, learnt))
            if options["curve"]:
                for share, n, f1 in evaluating.curve(Target.GROUP, rows, learnt, parts=parts):
                    told = "too few rows" if f1 is None else f"macro-F1 {f1:.4f}"
                    self.stdout.write(f"curve {share:4.0%} {n:6d} rows  {told}")
        except Unreadable as problem:
            raise CommandError(str(problem)) from None
        except TooLittle:
            raise CommandError(
                _("可学的太少：至少两个标签，每个至少 5 行（分折时每折的训练部分也要够）。")
            ) from None

    def _tell(self, found: evaluating.Figures) -> None:
        write = self.stdout.write
        write(f"rows {found.rows}")
        write(f"macro-F1 {found.macro_f1:.4f}")
        write(f"accuracy {found.accuracy:.4f}")
        names = dict(Group.choices)
        write("label precision recall f1 support")
        for of in found.codes:
            label = names.get(of.code, of.code)
            write(f"{label} {of.precision:.3f} {of.recall:.3f} {of.f1:.3f} {of.support}")
        write(
            f"alone at >= {PRECISION:.0%}: share {found.alone_share:.4f} "
            f"({found.alone} of {found.rows}), precision reached {found.alone_precision:.4f}, "
            f"threshold chosen on the training rows"
        )
        best = found.alone_at_best / found.rows
        write(f"alone at best: share {best:.4f}, threshold chosen on the test rows themselves")
        write(f"training {found.train_seconds:.2f} s, suggestion {found.suggest_ms:.2f} ms")
