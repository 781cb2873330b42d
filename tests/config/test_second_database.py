"""What the second database leaves out unread holds nothing that it should run."""

from tests.second_database import can_differ, could_differ


def test_each_test_that_can_differ_stands_in_a_file_that_says_so(request):
    differ = {item.path for item in request.session.items if can_differ(item)}

    assert [path for path in sorted(differ) if not could_differ(path)] == []


def test_a_file_that_says_nothing_is_left_out(tmp_path):
    told, silent = tmp_path / "test_told.py", tmp_path / "test_silent.py"
    told.write_text("pytestmark = pytest.mark.django_db(transaction=True)\n", encoding="utf-8")
    silent.write_text("pytestmark = pytest.mark.django_db\n", encoding="utf-8")

    assert [could_differ(told), could_differ(silent)] == [True, False]
