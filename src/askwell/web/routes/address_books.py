"""Address books: connected, brought in step, settled."""

from __future__ import annotations

from django.urls import path

from askwell.web.views import address_books

urlpatterns = [
    path("settings/address-book/", address_books.books, name="address_books"),
    path("settings/address-book/<int:pk>/", address_books.book, name="address_book"),
    path("settings/address-book/<int:pk>/do/<slug:act>/", address_books.book_do, name="address_book_do"),
    path("settings/address-book/settle/", address_books.questions, name="address_book_questions"),
    path("settings/address-book/settle/<int:pk>/", address_books.settle, name="address_book_settle"),
]
