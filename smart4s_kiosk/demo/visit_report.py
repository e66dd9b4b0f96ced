"""What the scripted visit leaves: `visit.json` and a page that shows every step."""

import html
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Step:
    """One step: how long it took and what was read on the way."""

    name: str
    seconds: float
    read: Mapping[str, object]
    pictures: tuple[str, ...]


@dataclass(slots=True)
class Report:
    """Grows with the visit; written after every step, so that a failure leaves what came before it."""

    folder: Path
    steps: list[Step] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)
    """What else lies in the folder: words to file name."""
    failed: str = ""

    def add(self, step: Step) -> None:
        """One more step."""
        self.steps.append(step)
        self.write()

    def write(self) -> None:
        """Both files, as far as the visit got."""
        content = {
            "failed": self.failed,
            "seconds": round(sum(s.seconds for s in self.steps), 3),
            "steps": [
                {"name": s.name, "seconds": round(s.seconds, 3), "read": dict(s.read), "pictures": list(s.pictures)}
                for s in self.steps
            ],
            "files": self.files,
        }
        text = json.dumps(content, ensure_ascii=False, indent=2, default=str)
        (self.folder / "visit.json").write_text(text + "\n", encoding="utf-8")
        (self.folder / "index.html").write_text(self._page(), encoding="utf-8")

    def _page(self) -> str:
        parts = [_step(step) for step in self.steps]
        links = "".join(f'<li><a href="{html.escape(f)}">{html.escape(w)}</a></li>' for w, f in self.files.items())
        failed = f"<p class=bad>{html.escape(self.failed)}</p>" if self.failed else ""
        return _HEAD + failed + f"<ul>{links}</ul>" + "".join(parts) + "</main></html>"


def _step(step: Step) -> str:
    facts = "".join(
        f"<tr><th>{html.escape(str(k))}</th><td>{html.escape(str(v))}</td></tr>" for k, v in step.read.items()
    )
    pictures = "".join(f'<a href="{p}"><img loading=lazy src="{p}" alt="{p}"></a>' for p in step.pictures)
    return (
        f"<section><h2>{html.escape(step.name)} <small>{step.seconds:.2f} s</small></h2>"
        f"<table>{facts}</table><div class=shots>{pictures}</div></section>"
    )


_HEAD = """<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Smart 4S Kiosk</title><style>
body{margin:0;background:#F4F2EE;color:#16181D;font:16px/1.6 "Noto Sans SC",sans-serif}
main{max-width:1200px;margin:0 auto;padding:48px 24px}h1{font-weight:500}h2{font-weight:500;margin:48px 0 8px}
small{color:#64666E;font-weight:400}table{border-collapse:collapse}th{text-align:left;font-weight:400;color:#64666E;
padding:2px 24px 2px 0;vertical-align:top}.shots{display:flex;gap:16px;flex-wrap:wrap;margin-top:12px}
img{height:360px;border:1px solid #DEDAD2;border-radius:12px}.bad{background:#FBE8E6;color:#B3261E;padding:12px 16px}
</style><main><h1>到店全程 · A visit, from the door to the key</h1>"""
