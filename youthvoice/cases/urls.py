from django.urls import path

from youthvoice.cases.views import (
    calling_back,
    excluding,
    gathering,
    promising,
    topics,
)

app_name = "cases"
urlpatterns = [
    path("desk/<slug:slug>/gather/", gathering.gather, name="gather"),
    path("desk/<slug:slug>/gather/<int:pk>/", gathering.together, name="together"),
    path("desk/<slug:slug>/topics/new/", topics.make, name="topic_make"),
    path("desk/<slug:slug>/topics/<int:pk>/", topics.look_after, name="topic"),
    path("cases/<int:pk>/exclude/", excluding.exclude, name="exclude"),
    path("cases/excluding/", excluding.excluding, name="excluding"),
    path("answers/<int:pk>/promise/", promising.promise, name="promise"),
    path("promises/<int:pk>/decide/", promising.decide, name="decide"),
    path("back/<str:token>/", calling_back.by_link, name="back_by_link"),
    path("q/<int:pk>/back/", calling_back.as_asker, name="back"),
]
