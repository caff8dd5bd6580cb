from django.urls import URLPattern, path

from net4u.base import importing

#: Of every kind of import, on the desk of the secretariat.
secretariat: list[URLPattern] = [
    path("imports/", importing.Runs.as_view(), name="import_runs"),
    path("imports/<uuid:pk>/", importing.RunPage.as_view(), name="import_run"),
    path("imports/<uuid:pk>/rows/<int:number>/", importing.RowPage.as_view(), name="import_row"),
]
