from django.urls import path

from youthvoice.routing import views

app_name = "routing"
urlpatterns = [
    path("cases/<int:pk>/suggestion/", views.suggestion, name="suggestion"),
]
