"""Numbers for the operator, in a registry of their own."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest


class Metrics:
    """What is counted; labels are bounded (no store, device or member names)."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.callback_seconds = Histogram(
            "callback_seconds", "From a callback's arrival to its answer", registry=self.registry
        )
        self.callbacks = Counter("callbacks_total", "Callbacks by outcome", ["outcome"], registry=self.registry)
        self.events = Counter("events_total", "Events by outcome", ["outcome"], registry=self.registry)
        self.wecom_calls = Counter(
            "wecom_calls_total", "Calls to WeCom by API and errcode", ["api", "errcode"], registry=self.registry
        )
        self.poll_parked = Gauge("poll_parked", "Long polls waiting", registry=self.registry)
        self.oldest_seconds = Gauge(
            "job_oldest_seconds", "Age of the oldest unfinished message", registry=self.registry
        )
        self.jobs = Gauge("jobs", "Messages by state", ["state"], registry=self.registry)
        self.inbox_lag = Gauge("inbox_lag_max", "Commands that the slowest store has not read", registry=self.registry)
        self.spooled = Gauge("callbacks_spooled", "Callbacks that wait on disk", registry=self.registry)
        self.stopped = Gauge("wecom_app_stopped", "1 while an administrator must mend the app", registry=self.registry)

    def observe_call(self, api: str, errcode: int) -> None:
        """Count one answer of WeCom."""
        self.wecom_calls.labels(api, str(errcode)).inc()

    def text(self) -> bytes:
        """The page that Prometheus reads."""
        return generate_latest(self.registry)
