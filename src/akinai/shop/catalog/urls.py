"""Routes of the catalogue."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "catalog"
urlpatterns = [
    path("products/", views.product_list, name="product_list"),
    path("products/new/", views.product_new, name="product_new"),
    path("products/import/", views.import_file, name="import"),
    path("products/products.csv", views.export, name="export"),
    path("products/<int:product_id>/", views.product_page, name="product"),
    path("products/<int:product_id>/picture/", views.picture_set, name="picture_set"),
    path("products/<int:product_id>/picture/remove/", views.picture_remove, name="picture_remove"),
    path("products/<int:product_id>/skus/new/", views.sku_new, name="sku_new"),
    path("skus/<int:sku_id>/", views.sku_page, name="sku"),
    path("skus/<int:sku_id>/codes/", views.code_add, name="code_add"),
    path("skus/codes/<int:code_id>/remove/", views.code_remove, name="code_remove"),
    path("pictures/<str:name>", views.picture, name="picture"),
]
