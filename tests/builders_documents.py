"""Valid papers with defaults: a test drive on a Saturday in November 2026."""

import hashlib
import math
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from smart4s_kiosk.domain.agreement_texts import AgreementText, read_agreement_text
from smart4s_kiosk.domain.agreements import ClauseRead, RideKind, Signature, StrokePoint
from smart4s_kiosk.ports.documents import (
    AgreementPaper,
    CarFacts,
    EvidenceFacts,
    PersonFacts,
    RouteFacts,
    SignatureFacts,
    StoreFace,
)

TEXTS = Path(__file__).resolve().parent.parent / "resources" / "documents" / "test_drive"
NOW = datetime(2026, 11, 21, 2, 25, tzinfo=UTC)
STORE = StoreFace(
    brand="澄野汽车",
    name="望江路体验中心",
    address="示例市望江路 88 号",
    phone="0571-0000 1234",
    domain="chengye.example",
    emergency_phone="0571-0000 1200",
    company="澄野汽车销售（示例）有限公司",
)


def a_text(language: str = "zh_CN") -> AgreementText:
    return read_agreement_text((TEXTS / f"2.3-{language}.toml").read_text(encoding="utf-8"))


def a_signature(seed: int = 3, strokes: int = 3, points: int = 60) -> Signature:
    """Loops as a quick hand draws them: `points` a stroke, 12 ms apart."""
    drawn = []
    for number in range(strokes):
        start = number * points
        stroke = []
        for step in range(points):
            t = step / points * 2 * math.pi
            x = 0.12 + 0.26 * number + 0.2 * step / points + 0.07 * math.sin(t * (2 + (seed + number) % 3))
            y = 0.5 + 0.3 * math.sin(t * (1 + (seed * (number + 1)) % 4) + number) * (1 - 0.3 * step / points)
            stroke.append(StrokePoint(x, y, (start + step) * 12, 0.35 + 0.3 * abs(math.sin(t))))
        drawn.append(tuple(stroke))
    return Signature(tuple(drawn), 900, 370)


def signed(name: str, at: datetime, seed: int) -> SignatureFacts:
    return SignatureFacts(name, a_signature(seed), at, hashlib.sha256(name.encode()).hexdigest())


def an_agreement(kind: RideKind = RideKind.DRIVE, language: str = "zh_CN", **changes: object) -> AgreementPaper:
    text = a_text(language)
    shown = [NOW + timedelta(seconds=8 * place) for place in range(len(text.important(kind)))]
    paper = AgreementPaper(
        store=STORE,
        number="D-20261121-003",
        kind=kind,
        text=text,
        person=PersonFacts(
            "张𠮷龘",
            "138****5678",
            "3301**********1234",
            "C1",
            "2031-05-18",
            date(2015, 5, 18),
            "可以试驾，须陪同",
            ("准驾车型 C1 与自动挡相符：机动车驾驶证申领和使用规定（2025-01-01）",),
        ),
        consultant="王静",
        consultant_badge="A017",
        car=CarFacts(
            "澄野 E7 长续航版",
            "示A·D0128",
            "008123",
            3_218,
            "电量 82 %",
            "自动挡",
            "左前门一处浅划痕，其余完好。",
            (),
            date(2027, 3, 14),
            date(2027, 3, 14),
            300_000_000,
            5_000_000,
            200_000,
            "示例财险",
        ),
        route=RouteFacts("望江环线", 18, 6, 80, NOW, NOW + timedelta(minutes=40), "王静"),
        deposit_fen=0,
        clauses_read=tuple(
            ClauseRead(clause.code, at, at + timedelta(seconds=6))
            for clause, at in zip(text.important(kind), shown, strict=True)
        ),
        evidence=EvidenceFacts(
            agreement_id="019aa3c4-0000-7000-8000-000000000001",
            visit_id="019aa3c4-0000-7000-8000-000000000002",
            terminal="顾问平板 1 · 019aa3c4",
            program="Smart 4S Kiosk 1.0",
            created_at=NOW,
            licence_consent="v1.2 · " + "ab" * 32,
            witness="王静",
        ),
        customer_signature=signed("张", NOW + timedelta(seconds=50), 3),
        consultant_signature=signed("王", NOW + timedelta(seconds=56), 5),
        qr_payload="https://chengye.example/a#D-20261121-003",
    )
    return replace(paper, **changes)  # type: ignore[arg-type] # named fields of the paper
