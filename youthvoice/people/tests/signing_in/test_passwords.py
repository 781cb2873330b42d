"""Passwords that ten thousand tries would find are refused, and the way to a better one told."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from youthvoice.people.models import User
from youthvoice.people.signing_in.passwords import GuessesValidator

PERSON = User(username="zhongmu-lin", nickname="会飞的烩面", email="lin.kaifeng@example.cn")


def refused(password, person=PERSON):
    try:
        GuessesValidator().validate(password, person)
    except ValidationError as problem:
        return problem.messages
    return []


@pytest.mark.parametrize(
    "password",
    ["password", "qwer1234", "1qaz2wsx", "aaaaaaaaaaaa", "abcabcabc", "zhongmu-lin",
     "lin.kaifeng@example.cn", "会飞的烩面", ""],
)  # fmt: skip
def test_what_is_guessed_soon_is_refused_with_what_to_do(password):
    (told,) = refused(password)

    assert "四个词" in told


@pytest.mark.parametrize(
    "password",
    ["kaifeng-baozi-7", "luoyang-shuixi-8", "河南烩面多放香菜", "correct horse battery"],
)  # fmt: skip
def test_what_is_not_guessed_soon_is_taken(password):
    assert refused(password) == []


def test_without_a_person_and_with_an_odd_one_it_still_looks():
    assert refused("password", None)
    assert refused("kaifeng-baozi-7", None) == []
    assert refused("kaifeng-baozi-7", User(username="ab")) == []


@pytest.mark.parametrize(
    "password", ["\x00" * 50, "\ud800" * 12, "🦊" * 50, "4@8({[<3691!|1$5+70%2" * 5000, "é" * 5000]
)  # fmt: skip
def test_hostile_passwords_are_answered(password):
    refused(password)


def test_the_validator_is_among_those_that_are_asked():
    with pytest.raises(ValidationError) as caught:
        validate_password("qwer1234", PERSON)

    assert "password_too_guessable" in [problem.code for problem in caught.value.error_list]
