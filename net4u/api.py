"""The API comes with its own change."""

urlpatterns: list = []
