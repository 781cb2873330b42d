from django.urls import path

from youthvoice.questions.views import acts, asking, own, writing

app_name = "questions"
urlpatterns = [
    path("ask/", asking.ask, name="ask"),
    path("receipt/", own.receipt, name="receipt"),
    path("receipt/close/", own.close_receipt, name="close_receipt"),
    path("media/pictures/<str:file_name>", own.picture, name="picture"),
    path("media/private/<str:file_name>", own.private_picture, name="private_picture"),
    path("q/<int:pk>/follow/", acts.follow, name="follow"),
    path("q/<int:pk>/outcome/", acts.outcome, name="outcome"),
    path("q/<int:pk>/answer/", writing.answer, name="answer"),
    path("q/<int:pk>/comment/", writing.comment_on_question, name="comment"),
    path("q/<int:pk>/edit/", writing.edit_question, name="edit"),
    path("q/<int:pk>/delete/", writing.delete_question, name="delete"),
    path("q/<int:pk>/history/", writing.history_of_question, name="history"),
    path("a/<int:pk>/useful/", acts.useful, name="useful"),
    path("a/<int:pk>/accept/", acts.accept, name="accept"),
    path("a/<int:pk>/comment/", writing.comment_on_answer, name="comment_answer"),
    path("a/<int:pk>/edit/", writing.edit_answer, name="edit_answer"),
    path("a/<int:pk>/delete/", writing.delete_answer, name="delete_answer"),
    path("a/<int:pk>/history/", writing.history_of_answer, name="answer_history"),
    path("c/<int:pk>/reply/", writing.reply, name="reply"),
    path("c/<int:pk>/delete/", writing.delete_comment, name="delete_comment"),
]
