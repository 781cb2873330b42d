from django.urls import path

from youthvoice.cases.views import desk, excluding

app_name = "cases"
urlpatterns = [
    path("desk/<slug:slug>/", desk.queue, name="queue"),
    path("cases/<int:pk>/exclude/", excluding.exclude, name="exclude"),
    path("cases/excluding/", excluding.excluding, name="excluding"),
]
