"""How the load generator itself did: when it fell behind, latencies say more about it than about the API."""

from dataclasses import dataclass

LATE_MS = 5.0
BUSY_SHARE = 0.5
"""Above half a core its own queueing shows as latency of the API."""


@dataclass(frozen=True, slots=True)
class GeneratorState:
    """`offered` and `achieved` (good answers) are requests a second; `late_p99_ms` how late it handed requests over,
    `nobody_free` requests that waited for a user, `cpu_share` of one core, `nothing_to_follow` pages and cards not sent
    because no earlier answer led to them."""

    offered_per_s: float
    achieved_per_s: float
    late_p99_ms: float
    nobody_free: int
    cpu_share: float
    nothing_to_follow: dict[str, int]

    @property
    def achieved_share(self) -> float:
        """Achieved over offered; 0 when nothing was offered."""
        return self.achieved_per_s / self.offered_per_s if self.offered_per_s else 0.0

    def notes(self) -> list[str]:
        """What a reader must know before trusting the figures; empty when there is nothing to say."""
        notes = []
        if self.late_p99_ms > LATE_MS:
            notes.append(
                f"it fell behind its own schedule (p99 {self.late_p99_ms:.1f} ms late): part of the latency is its own"
            )
        if self.cpu_share > BUSY_SHARE:
            notes.append(f"it used {self.cpu_share:.0%} of a core: part of the latency is its own, lower the rate")
        if self.nobody_free:
            notes.append(
                f"{self.nobody_free} requests found no free user and waited, their clock running: the API stalled or "
                "--users is too small"
            )
        for kind, count in sorted(self.nothing_to_follow.items()):
            notes.append(f"{count} of {kind} not sent: no earlier answer led to one")
        return notes
