from django.urls import path

from youthvoice.topics import views

app_name = "topics"

urlpatterns = [
    path("topics/", views.topics, name="list"),
    path("topics/<int:pk>/", views.topic, name="topic"),
]
