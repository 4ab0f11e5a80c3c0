"""Who acts: named by a text key, so that what they did outlives their account."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Actor:
    """One who does something.

    `key` is `staff:12`, `token:3`, `job:import`, `store:rakuten-1` or `system`; `label` is the name shown beside
    the deed. `permissions` are the names held (see `permissions.py`); services do not check them, routes do.
    """

    key: str
    label: str = ""
    permissions: frozenset[str] = field(default=frozenset(), compare=False)

    def may(self, permission: str) -> bool:
        """True if this actor holds the permission; the system holds all."""
        return self.key == "system" or self.key.startswith("job:") or permission in self.permissions


SYSTEM = Actor("system", "akinai")


def job_actor(name: str) -> Actor:
    """The actor of background work, such as `job:import`."""
    return Actor(f"job:{name}", name)
