"""What groups of machines know just now."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Clusters:
    """Machines by what their groups do with them, and what was done."""

    closed: set[str] = field(default_factory=set)
    """Machines that take no more guests because of maintenance."""
    leaving: set[str] = field(default_factory=set)
    """Machines that take no more guests because they switch themselves off when they are empty."""
    resting: set[str] = field(default_factory=set)
    """Those of them that are empty."""
    lonely: set[str] = field(default_factory=set)
    """Members that have noticed that they hear no other one."""
    moves: dict[str, int] = field(default_factory=dict)
    """Migrations begun by the load balancing of each group."""

    @property
    def machines(self) -> tuple[set[str], ...]:
        """All sets of machines."""
        return self.closed, self.leaving, self.resting, self.lonely
