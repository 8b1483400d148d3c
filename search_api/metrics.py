"""What Prometheus may count: routes, kinds, seconds, faults. No label ever comes from what a caller typed."""

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)


class Metrics:
    """The counters of one application, in a registry of their own so that two applications can live side by side."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Histogram(
            "likar_request_seconds",
            "Time from the request to the end of the answer, by route, kind of search and status.",
            ("route", "kind", "status"),
            buckets=_SECONDS,
            registry=self.registry,
        )
        self.engine = Histogram(
            "likar_engine_seconds",
            "Time one trip to the engine took, by what was asked.",
            ("what",),
            buckets=_SECONDS,
            registry=self.registry,
        )
        self.problems = Counter(
            "likar_problems_total", "Problems answered, by their code.", ("code",), registry=self.registry
        )
        self.engine_faults = Counter(
            "likar_engine_faults_total", "Engine faults met, by reason.", ("reason",), registry=self.registry
        )
        self.understood = Counter(
            "likar_understood_total",
            "Searches by what their text was taken for; the text itself is never kept.",
            ("reading",),
            registry=self.registry,
        )
        self.relaxed = Counter(
            "likar_relaxed_total", "Searches whose planned area held nobody and was widened.", registry=self.registry
        )
        self.data_age = Gauge(
            "likar_data_age_seconds", "Age of the upstream data behind each alias.", ("alias",), registry=self.registry
        )

    def render(self) -> tuple[bytes, str]:
        """The text of /metrics and its content type."""
        return generate_latest(self.registry), CONTENT_TYPE_LATEST
