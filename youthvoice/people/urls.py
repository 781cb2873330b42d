from django.urls import path

from youthvoice.people import views

app_name = "people"
urlpatterns = [
    path("accounts/profile/", views.profile, name="profile"),
    path("accounts/sessions/", views.sign_in_list, name="sessions"),
    path("accounts/sessions/end/", views.end_sessions, name="end_sessions"),
]
