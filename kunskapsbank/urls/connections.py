"""Samband: what ties prioriteringar and fokusområden, and the chain of goals."""

from django.urls import path

from kunskapsbank.views.connections import deciding, overview, proposing
from kunskapsbank.views.connections.goal_chain import GoalChain

urlpatterns = [
    path("samband/", overview.ConnectionMap.as_view(), name="connections"),
    path("samband/foresla/", proposing.propose_connection, name="propose_connection"),
    path("samband/mina/", proposing.my_connections, name="my_connections"),
    path("samband/<int:pk>/", proposing.connection, name="connection"),
    path(
        "samband/<slug:first>/<slug:second>/",
        overview.Pair.as_view(),
        name="connection_pair",
    ),
    path("malkedjan/<slug:slug>/", GoalChain.as_view(), name="goal_chain"),
    path("granska/samband/", deciding.review_connections, name="review_connections"),
    path(
        "granska/samband/<int:pk>/",
        deciding.review_connection,
        name="review_connection",
    ),
]
