"""What the forms take, and a sentence for everything they don't."""

import pytest
from django.utils.datastructures import MultiValueDict

from tests.factories import OrganisationFactory
from youthvoice.orgs.queries import region_options
from youthvoice.pictures.tests.photos import upload
from youthvoice.questions.choices import COMMENT_MOST, TEXT_MOST, TITLE_MOST
from youthvoice.questions.forms import (
    AnswerForm,
    AskForm,
    CommentForm,
    EditAnswerForm,
    EditQuestionForm,
    OutcomeForm,
    ReceiptForm,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]


def given(**changes):
    return {
        "kind": "help",
        "field": "work",
        "title": "试用期工资怎么算",
        "text": "入职第二个月。",
        "name_choice": "nameless",
        "key": "0123456789abcdef" * 2,
    } | changes


def ask_form(*, signed_in=True, pictures=(), **changes):
    return AskForm(
        given(**changes), MultiValueDict({"pictures": list(pictures)}), signed_in=signed_in
    )


def errors(form):
    """The names of the fields that are wrong; each must say something."""
    assert form.is_valid() is (form.errors == {})
    assert all(sentence for sentences in form.errors.values() for sentence in sentences)
    return set(form.errors)


def test_a_whole_form_is_taken_as_it_is_written(house):
    form = ask_form(region="410122", remember_region="on")

    assert errors(form) == set()
    assert form.cleaned_data["region"] == house.county.region
    assert form.cleaned_data["remember_region"] is True
    assert form.cleaned_data["pictures"] == []
    assert form.draw_pictures() == []


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"kind": ""}, "kind"),
        ({"kind": "complaint"}, "kind"),
        ({"field": ""}, "field"),
        ({"field": "war"}, "field"),
        ({"title": ""}, "title"),
        ({"title": "   "}, "title"),
        ({"title": "太短了"}, "title"),
        ({"title": "长" * (TITLE_MOST + 1)}, "title"),
        ({"title": "标题里有\x00空字符"}, "title"),
        ({"text": ""}, "text"),
        ({"text": " \n\t\r\n "}, "text"),
        ({"text": "长" * (TEXT_MOST + 1)}, "text"),
        ({"text": "空字符\x00"}, "text"),
        ({"text": "半个字\ud83d"}, "text"),
        ({"region": "110000"}, "region"),
        ({"name_choice": ""}, "name_choice"),
        ({"name_choice": "else"}, "name_choice"),
        ({"key": ""}, "key"),
        ({"key": "a" * 31}, "key"),
        ({"key": "a" * 65}, "key"),
        ({"key": "G" * 32}, "key"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(house, changes, wrong):
    assert errors(ask_form(**changes)) == {wrong}


def test_the_limits_themselves_are_fine(house):
    assert errors(ask_form(title="长" * TITLE_MOST, text="长" * TEXT_MOST)) == set()
    assert errors(ask_form(title="四个字呀", text="短")) == set()


def test_words_stay_as_written_but_for_line_ends_and_a_title_is_one_line(house):
    form = ask_form(title="  工资　拖了\r\n两个月 ", text="  第一段\r\n\r\n第二段\r尾 ")

    assert errors(form) == set()
    assert form.cleaned_data["title"] == "工资 拖了 两个月"
    assert form.cleaned_data["text"] == "  第一段\n\n第二段\n尾 "


def test_line_ends_of_two_characters_count_as_one(house):
    assert errors(ask_form(text="行\r\n" * (TEXT_MOST // 2))) == set()


def test_nobody_leaves_a_name_without_an_account(house):
    assert errors(ask_form(signed_in=False, name_choice="named")) == {"name_choice"}
    assert errors(ask_form(signed_in=False)) == set()
    assert errors(ask_form(signed_in=True, name_choice="named")) == set()


def test_regions_are_grouped_by_city_with_the_city_first(house):
    none, zhengzhou, kaifeng = region_options()

    assert none[0] == ""
    assert zhengzhou[0] == "郑州市"
    assert [code for code, _name in zhengzhou[1]] == ["410100", "410122"]
    assert [code for code, _name in kaifeng[1]] == ["410200"]


# --- Pictures ----------------------------------------------------------------------------


def test_nine_pictures_are_taken_and_ten_are_not(house):
    assert errors(ask_form(pictures=[upload() for _ in range(9)])) == set()

    form = ask_form(pictures=[upload() for _ in range(10)])
    assert errors(form) == {"pictures"}
    assert "9" in form.errors["pictures"][0]


def test_a_picture_of_too_many_bytes_is_named(house, settings):
    settings.PICTURE_BYTES_MOST = 1024 * 1024
    form = ask_form(pictures=[upload(), upload("全家福.jpg", b"x" * (1024 * 1024 + 1))])

    assert errors(form) == {"pictures"}
    assert "全家福.jpg" in form.errors["pictures"][0]
    assert "1 MB" in form.errors["pictures"][0]


def test_an_empty_file_is_told(house):
    assert errors(ask_form(pictures=[upload(content=b"")])) == {"pictures"}


def test_a_picture_that_can_not_be_read_is_named_and_an_error_of_the_form(house):
    form = ask_form(pictures=[upload(), upload("a.jpg", b"<html>no picture</html>"), upload()])
    assert form.is_valid()

    assert form.draw_pictures() == []
    assert "a.jpg" in form.errors["pictures"][0]


# --- Forms that may be signed --------------------------------------------------------------


def test_one_signs_only_for_organisations_one_works_in(house):
    mine, other = house.city, OrganisationFactory()
    words = {"text": "先看合同。"}

    form = AnswerForm({**words, "sign_as": str(mine.pk)}, organisations=[mine])
    assert (errors(form), form.signed_by) == (set(), mine)
    form = AnswerForm({**words, "sign_as": ""}, organisations=[mine])
    assert (errors(form), form.signed_by) == (set(), None)
    for forged in (str(other.pk), "0", "abc", f" {mine.pk}x"):
        form = AnswerForm({**words, "sign_as": forged}, organisations=[mine])
        assert errors(form) == {"sign_as"}


def test_who_works_nowhere_has_nothing_to_sign_with(house):
    for form_class in (AnswerForm, CommentForm):
        form = form_class({"text": "先看合同。", "sign_as": str(house.city.pk)}, organisations=[])
        assert (errors(form), form.signed_by) == (set(), None)
        assert set(form.fields) == {"text"}


def test_the_holder_is_the_first_choice_where_one_works_there(house):
    def initial(**options):
        form = AnswerForm(organisations=[house.province, house.city], **options)
        return form.fields["sign_as"].initial

    assert initial(first=house.city.pk) == str(house.city.pk)
    assert initial(first=house.experts.pk) == str(house.province.pk)
    assert initial(first=None) == str(house.province.pk)


def test_who_may_not_answer_as_a_peer_is_not_offered_it(house):
    form = AnswerForm(organisations=[house.city], may_be_peer=False)

    assert [code for code, _label in form.fields["sign_as"].choices] == [str(house.city.pk)]


@pytest.mark.parametrize(
    ("form_class", "most"), [(AnswerForm, TEXT_MOST), (CommentForm, COMMENT_MOST)]
)
@pytest.mark.parametrize("text", ["", "  ", "坏\x00", None])
def test_answers_and_comments_need_words_and_not_too_many(form_class, most, text):
    words = "长" * (most + 1) if text is None else text

    assert errors(form_class({"text": words}, organisations=[])) == {"text"}


def test_edits_are_bound_like_what_they_edit():
    assert errors(EditQuestionForm({"title": "短", "text": ""})) == {"title", "text"}
    assert errors(EditAnswerForm({"text": "长" * (TEXT_MOST + 1)})) == {"text"}
    form = EditQuestionForm({"title": " 改 过的标题 ", "text": "一\r\n二"})
    assert errors(form) == set()
    assert form.cleaned_data == {"title": "改 过的标题", "text": "一\n二", "seen": ""}


def test_an_outcome_and_a_receipt_are_checked():
    assert errors(OutcomeForm({"outcome": "great"})) == {"outcome"}
    assert errors(OutcomeForm({"outcome": "solved"})) == set()
    assert errors(ReceiptForm({"code": ""})) == {"code"}
    assert errors(ReceiptForm({"code": "1" * 61})) == {"code"}
    assert errors(ReceiptForm({"code": "1 2 3"})) == {"code"}
    assert errors(ReceiptForm({"code": "1234 5678 9012 3456"})) == set()
