"""After a restored backup, those who were erased since then are erased again."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from tests.factories import MONDAY, PersonFactory
from youthvoice.people.models import User
from youthvoice.yours import actions
from youthvoice.yours.models import Leaving

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


def listed(capsys):
    call_command("erased")
    return capsys.readouterr().out


def test_who_was_erased_is_erased_again(house, youth, tmp_path, capsys):
    actions.leave(person=youth, answers_too=True, at=MONDAY)
    actions.erase_due(at=MONDAY + WEEK)
    paper = tmp_path / "erased.txt"
    paper.write_text(f"{listed(capsys)}\n999999 - {MONDAY.isoformat()}\n")
    assert paper.read_text().startswith(f"{youth.pk} with-answers 2026-03-09T")
    PersonFactory(pk=youth.pk, username="xiaomai", date_joined=MONDAY - WEEK)

    call_command("erased", again=paper.open())

    assert "1 of 2 were back" in capsys.readouterr().out
    assert Leaving.objects.get().answers_too
    assert not User.objects.get(pk=youth.pk).is_active
    assert actions.erase_due(at=Leaving.objects.get().due_at) == 1
    assert not User.objects.filter(pk=youth.pk).exists()


def test_somebody_new_with_an_old_number_stays(house, youth, tmp_path, capsys):
    User.objects.update(date_joined=MONDAY)
    paper = tmp_path / "erased.txt"
    paper.write_text(f"{youth.pk} - {(MONDAY - WEEK).isoformat()}\n")

    call_command("erased", again=paper.open())

    assert "0 of 1 were back" in capsys.readouterr().out
    assert User.objects.get(pk=youth.pk).is_active


@pytest.mark.parametrize(
    "line", ["12", "x - 2026-03-09T01:00:00+00:00", "1 ? 2026-03-09", "1 - now"]
)
def test_another_list_is_refused(tmp_path, line):
    paper = tmp_path / "erased.txt"
    paper.write_text(line)

    with pytest.raises(CommandError, match="line 1 is not one"):
        call_command("erased", again=paper.open())
