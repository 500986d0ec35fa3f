"""Pages that belong to no room."""

from django.conf import settings
from django.urls import URLPattern, path

from iqquadrat.house import views

urlpatterns: list[URLPattern] = [
    path("health/", views.health, name="health"),
    path("health/ready/", views.ready, name="ready"),
    path("handbook/", views.handbook, name="handbook"),
    path("handbook/<slug:key>/", views.handbook_chapter, name="handbook_chapter"),
]

if settings.SHOW_GALLERY:
    urlpatterns.append(path("gallery/", views.gallery, name="gallery"))
