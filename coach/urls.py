"""Every address of the product."""

from django.contrib import admin
from django.urls import include, path
from django.views.i18n import JavaScriptCatalog

from coach.site.pages import home as site
from coach.site.pages.demo import demo
from coach.site.pages.health import healthz

urlpatterns = [
    path("", site.home, name="home"),
    path("healthz", healthz, name="healthz"),
    path("demo/<slug:who>/", demo, name="demo"),
    path("look/", site.look, name="look"),
    path("i18n/", JavaScriptCatalog.as_view(), name="javascript-catalog"),
    path("accounts/", include("allauth.urls")),
    path("profile/", include("coach.people.urls")),
    path("talk/", include("coach.talk.pages.urls")),
    path("diary/", include("coach.nutrition.pages.urls")),
    path("lessons/", include("coach.lessons.urls")),
    path("", include("handoff.urls")),
    path("admin/", admin.site.urls),
]
