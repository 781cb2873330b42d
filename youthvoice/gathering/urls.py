from django.urls import path

from youthvoice.gathering.views import gathering, topics

app_name = "gathering"
urlpatterns = [
    path("desk/<slug:slug>/gather/", gathering.gather, name="gather"),
    path("desk/<slug:slug>/gather/<int:pk>/", gathering.together, name="together"),
    path("desk/<slug:slug>/topics/new/", topics.make, name="topic_make"),
    path("desk/<slug:slug>/topics/<int:pk>/", topics.look_after, name="topic"),
]
