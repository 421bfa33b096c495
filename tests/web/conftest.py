from __future__ import annotations

import pytest
from tests.web.scene import laid_out


@pytest.fixture
def clock(settings, now):
    """The pages read this moment."""
    settings.NOW = now.isoformat()
    return now


@pytest.fixture
def lina(client, owner, clock):
    """Lina before the browser, let in."""
    client.force_login(owner)
    return client


@pytest.fixture
def scene(owner, clock):
    return laid_out(owner, now=clock)
