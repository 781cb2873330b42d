from django.urls import path

from youthvoice.crisis import views

app_name = "crisis"
urlpatterns = [
    path("crisis/", views.records, name="records"),
    path("crisis/<int:pk>/", views.record, name="record"),
    path("crisis/<int:pk>/log/", views.log, name="log"),
    path("crisis/<int:pk>/close/", views.close, name="close"),
    path("crisis/<int:pk>/publish/", views.publish, name="publish"),
    path("crisis/<int:pk>/false-alarm/", views.false_alarm, name="false_alarm"),
    path("q/<int:pk>/mistake/", views.mistake, name="mistake"),
]
