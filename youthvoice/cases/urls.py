from django.urls import path

from youthvoice.cases.views import (
    excluding,
)

app_name = "cases"
urlpatterns = [
    path("cases/<int:pk>/exclude/", excluding.exclude, name="exclude"),
    path("cases/excluding/", excluding.excluding, name="excluding"),
]
