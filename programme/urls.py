"""The programme's addresses."""

app_name = "programme"
urlpatterns = []
