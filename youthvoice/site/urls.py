from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import path
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from youthvoice.site.views import desk, health, home, mine, pages, question

app_name = "site"


@require_safe
@cache_control(public=True, max_age=86400)
def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        *(f"Disallow: /{p}/" for p in ("me", "accounts", "desk", "admin", "out", "back")),
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


@require_safe
@cache_control(public=True, max_age=86400)
def icon(request: HttpRequest) -> HttpResponse:
    """Where browsers look for one when a page names none, as the admin's don't."""
    return redirect(static("img/favicon.svg"))


urlpatterns = [
    path("", home.home, name="home"),
    path("pulse/", home.pulse_page, name="pulse"),
    path("about/", pages.about, name="about"),
    path("rules/", pages.rules, name="rules"),
    path("privacy/", pages.privacy, name="privacy"),
    path("q/<int:pk>/", question.question, name="question"),
    path("q/<int:pk>/private/", question.private, name="private"),
    path("q/<int:pk>/act/", question.act, name="act"),
    path("me/bar/", pages.me_bar, name="me_bar"),
    path("me/q/<int:pk>/", question.me_question, name="me_question"),
    path("mine/", mine.mine, name="mine"),
    path("orgs/", pages.orgs, name="orgs"),
    path("orgs/<slug:slug>/", pages.org, name="org"),
    path("desk/", desk.desk, name="desk"),
    path("healthz", health.healthz, name="healthz"),
    path("robots.txt", robots, name="robots"),
    path("favicon.ico", icon, name="icon"),
]
