"""Addresses of `rules`."""

from django.urls import path

from rules import draft_views, election_views, row_views, views, weights_views

app_name = "rules"
urlpatterns = [
    path("cek-aturan/", views.check, name="check"),
    path("aturan/", views.catalogue, name="catalogue"),
    path("aturan/<slug:code>/", views.rule, name="rule"),
    path("kelola/aturan/", draft_views.versions, name="versions"),
    path("kelola/aturan/mulai/", draft_views.start, name="start-draft"),
    path("kelola/aturan/draf/", draft_views.draft, name="draft"),
    path("kelola/aturan/draf/buang/", draft_views.discard, name="discard-draft"),
    path("kelola/aturan/draf/terbitkan/", draft_views.publish_draft, name="publish-draft"),
    path("kelola/mesin/", weights_views.weights_list, name="weights-list"),
    path("kelola/mesin/<slug:version>/", weights_views.choose_weights, name="choose-weights"),
    path("kelola/aturan/draf/baris/", row_views.draft_rows, name="draft-rows"),
    path("kelola/aturan/draf/baris/<slug:code>/", row_views.draft_row, name="draft-row"),
    path("kelola/pemilihan/", election_views.elections, name="elections"),
    path("kelola/pemilihan/baru/", election_views.new_election, name="new-election"),
    path("kelola/pemilihan/<slug:code>/ubah/", election_views.election, name="election"),
]
