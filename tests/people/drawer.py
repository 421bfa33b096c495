"""An address book without a network, with the rules of one: etags, tokens, conditions, cards that come and go."""

from __future__ import annotations

from askwell.gateways.dav_collections import Changes, Member
from askwell.gateways.errors import Permanent, Trouble


class Drawer:
    def __init__(self) -> None:
        self.cards: dict[str, tuple[str, bytes]] = {}
        self.history: list[str] = []  # paths, in the order they changed; a token is a length of it
        self.writes = 0
        self.before_put = lambda: None

    # -- as the sync sees it

    def changes(self, known, *, token):
        listed = set(self.history[int(token) :]) if token else set(self.cards) | set(known)
        changed = {path: self.cards[path][0] for path in listed if path in self.cards}
        changed = {path: etag for path, etag in changed.items() if known.get(path) != etag}
        return Changes(
            changed=changed,
            gone=frozenset(path for path in listed if path not in self.cards),
            token=str(len(self.history)),
        )

    def fetch(self, paths):
        return iter([Member(path, *self.cards[path]) for path in paths if path in self.cards])

    def put(self, path, data, *, etag):
        self.before_put()
        if (self.cards.get(path) or ("",))[0] != etag:
            raise Permanent(Trouble.CONFLICT)
        self.writes += 1
        return self.place(path, data)

    def delete(self, path, *, etag):
        if (self.cards.get(path) or ("",))[0] != etag:
            raise Permanent(Trouble.CONFLICT)
        self.take_away(path)

    def new_path(self, name):
        return f"/book/{name}.vcf"

    # -- as another program uses it

    def place(self, path, data):
        self.history.append(path)
        etag = f'"{len(self.history)}"'
        self.cards[path] = (etag, data)
        return etag

    def take_away(self, path):
        del self.cards[path]
        self.history.append(path)

    def text(self, path="/book/jane.vcf"):
        return self.cards[path][1].decode()

    def edit(self, old, new, path="/book/jane.vcf"):
        text = self.text(path)
        assert old in text
        self.place(path, text.replace(old, new).encode())
