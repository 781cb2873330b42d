"""All writes to questions, answers and comments, one verb a file."""

from youthvoice.questions.actions.accepting import UnableToAccept, accept_answer
from youthvoice.questions.actions.answering import UnableToAnswer, answer_for_body, answer_question
from youthvoice.questions.actions.asking import Asked, ask_question
from youthvoice.questions.actions.commenting import UnableToComment, comment
from youthvoice.questions.actions.deleting import (
    UnableToDelete,
    delete_answer,
    delete_comment,
    delete_question,
)
from youthvoice.questions.actions.editing import UnableToEdit, edit_answer, edit_question
from youthvoice.questions.actions.erasing import (
    erase_nameless_question,
    erase_people,
    erased,
    words_erased,
)
from youthvoice.questions.actions.following import UnableToFollow, follow, unfollow
from youthvoice.questions.actions.hiding import hide, show_again
from youthvoice.questions.actions.importing import Message, import_question
from youthvoice.questions.actions.marking import UnableToMark, mark_outcome
from youthvoice.questions.actions.reading import give_words, withheld_words_given
from youthvoice.questions.actions.recounting import COUNTED, count_anew
from youthvoice.questions.actions.supplementing import UnableToSupplement, supplement_question
from youthvoice.questions.actions.voting import UnableToVote, find_useful, take_back_useful
from youthvoice.questions.actions.withholding import release_question, withhold_question

__all__ = [
    "COUNTED",
    "Asked",
    "Message",
    "UnableToAccept",
    "UnableToAnswer",
    "UnableToComment",
    "UnableToDelete",
    "UnableToEdit",
    "UnableToFollow",
    "UnableToMark",
    "UnableToSupplement",
    "UnableToVote",
    "accept_answer",
    "answer_for_body",
    "answer_question",
    "ask_question",
    "comment",
    "count_anew",
    "delete_answer",
    "delete_comment",
    "delete_question",
    "edit_answer",
    "edit_question",
    "erase_nameless_question",
    "erase_people",
    "erased",
    "find_useful",
    "follow",
    "give_words",
    "hide",
    "import_question",
    "mark_outcome",
    "release_question",
    "show_again",
    "supplement_question",
    "take_back_useful",
    "unfollow",
    "withheld_words_given",
    "withhold_question",
    "words_erased",
]
