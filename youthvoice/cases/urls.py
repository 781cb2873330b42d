from django.urls import path

from youthvoice.cases.views import calling_back, desk, excluding, on_behalf, promising

app_name = "cases"
urlpatterns = [
    path("desk/<slug:slug>/", desk.queue, name="queue"),
    path("cases/<int:pk>/exclude/", excluding.exclude, name="exclude"),
    path("cases/excluding/", excluding.excluding, name="excluding"),
    path("desk/<slug:slug>/ask/", on_behalf.ask, name="ask_for"),
    path("answers/<int:pk>/promise/", promising.promise, name="promise"),
    path("promises/<int:pk>/decide/", promising.decide, name="decide"),
    path("back/<str:token>/", calling_back.by_link, name="back_by_link"),
    path("q/<int:pk>/back/", calling_back.as_asker, name="back"),
]
