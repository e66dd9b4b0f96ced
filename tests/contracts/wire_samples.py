"""One full sample of every message of the wire; the golden files beside it are what released kiosks send."""

from typing import Any

VISIT = "019a6f00-0000-7000-8000-000000000001"

EVENT_SAMPLES: dict[tuple[str, int], dict[str, Any]] = {
    ("visit.requested", 1): {
        "visit": VISIT,
        "consultant": "wangwu",
        "form_of_address": "张*先生",
        "purpose": "test_drive",
        "party_size": 2,
        "place": "1号台",
        "colleagues": [{"id": "lisi", "name": "李四"}, {"id": "zhaoliu", "name": "赵六"}],
        "requested_at": "2026-11-21T02:21:00Z",
        "expires_at": "2026-11-21T02:31:00Z",
        "language": "zh_CN",
    },
    ("visit.accepted", 1): {"visit": VISIT, "by": "wangwu", "name": "王顾问"},
    ("visit.later", 1): {"visit": VISIT, "by": "wangwu", "until": "2026-11-21T02:26:00Z"},
    ("visit.passed", 1): {"visit": VISIT, "by": "wangwu"},
    ("visit.closed", 1): {"visit": VISIT, "reason": "left"},
    ("visit.escalated", 1): {
        "visit": VISIT,
        "to": ["manager1", "manager2"],
        "form_of_address": "散客 A-031",
        "waited_s": 180,
        "language": "en",
    },
    ("quote.published", 1): {
        "quote": "019a6f00-0000-7000-8000-000000000002",
        "quote_version": 1,
        "link": "q7m2Zk9wQ1x8Vb3Tn5Ls0A",
        "signer": "abababababababababababababababababababababababababababababababab",
        "total_fen": 23_980_000,
        "valid_until": "2026-11-28T16:00:00Z",
    },
    ("drive.started", 1): {
        "visit": VISIT,
        "drive": "d-1",
        "started_at": "2026-11-21T03:00:00Z",
    },
    ("drive.ended", 1): {"visit": VISIT, "drive": "d-1", "ended_at": "2026-11-21T03:28:00Z"},
    ("counts.hour", 1): {"hour": "2026-11-21T02:00:00Z", "entered": 31, "left": 28},
    ("survey.scored", 1): {"visit": VISIT, "score": 9, "wants_manager": True},
    ("todo.due", 1): {
        "todo": "t-1",
        "to": "wangwu",
        "kind": "follow_up.first",
        "due_at": "2026-11-22T01:00:00Z",
        "language": "zh_CN",
    },
    ("command.not_understood", 1): {"command": "c-1", "kind": "car.wash", "code": "unknown_type"},
}

COMMAND_SAMPLES: dict[tuple[str, int], dict[str, Any]] = {
    ("visit.accept", 1): {"visit": VISIT, "by": "wangwu", "pressed_at": "2026-11-21T02:21:06Z"},
    ("visit.later", 1): {"visit": VISIT, "by": "wangwu", "minutes": 5, "pressed_at": "2026-11-21T02:21:06Z"},
    ("visit.pass", 1): {"visit": VISIT, "by": "wangwu", "to": "lisi", "pressed_at": "2026-11-21T02:21:06Z"},
    ("delivery.failed", 1): {"message": "m-1", "visit": VISIT, "recipient": "wangwu", "code": "recipient_invalid"},
    ("quote.opened", 1): {"quote": "q-1", "opened_at": "2026-11-21T05:00:00Z", "times": 1},
}
