from django.urls import path

from youthvoice.people import views

app_name = "people"
urlpatterns = [path("accounts/profile/", views.profile, name="profile")]
