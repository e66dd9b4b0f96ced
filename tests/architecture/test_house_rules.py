"""What the import linter cannot say: one test per rule, each naming the rule when it fails."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("smart4s_kiosk", "cloud_connector")
MAX_FILE_LINES = 400
MAX_FUNCTION_LINES = 40
LONG_FILES_ALLOWED = ("tables.py",)
BROAD_EXCEPT_PLACES = {
    "smart4s_kiosk/app/workers.py",
    "smart4s_kiosk/ui/background.py",
    "smart4s_kiosk/sync/courier.py",
    "cloud_connector/api/errors.py",
    "cloud_connector/workers/delivery.py",
    "smart4s_kiosk/app/startup.py",
    "smart4s_kiosk/app/crash.py",
}
THREAD_PLACES = {"smart4s_kiosk/app/workers.py", "smart4s_kiosk/ui/background.py"}
CLOCK_PLACES = {"smart4s_kiosk/app/clock.py", "smart4s_kiosk/sync/backoff.py"}


def modules(*packages: str) -> Iterator[Path]:
    for package in packages or PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            if "versions" not in path.parts:
                yield path


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def dotted(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def test_the_domain_imports_only_the_standard_library_and_itself() -> None:
    strangers = []
    for path in modules("smart4s_kiosk/domain"):
        for node in ast.walk(tree_of(path)):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            for name in names:
                top = name.split(".")[0]
                if not name.startswith("smart4s_kiosk.domain") and top not in sys.stdlib_module_names:
                    strangers.append(f"{name_of(path)}: {name}")
    assert strangers == []


def test_every_module_says_what_it_is_for() -> None:
    silent = [name_of(p) for p in modules() if not (ast.get_docstring(tree_of(p)) or "").strip()]
    assert silent == []
    lazy = [name_of(p) for p in modules() if (ast.get_docstring(tree_of(p)) or "").startswith("This module")]
    assert lazy == []


def test_no_file_is_too_long() -> None:
    long = {
        name_of(p): n
        for p in modules()
        if p.name not in LONG_FILES_ALLOWED and (n := len(p.read_text(encoding="utf-8").splitlines())) > MAX_FILE_LINES
    }
    assert long == {}, f"no file over {MAX_FILE_LINES} lines"


def test_no_function_is_too_long() -> None:
    long = {}
    for path in modules():
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > MAX_FUNCTION_LINES:
                    long[f"{name_of(path)}:{node.name}"] = lines
    assert long == {}, f"no function over {MAX_FUNCTION_LINES} lines"


def test_every_exception_from_a_check_says_why() -> None:
    exception = re.compile(r"# (noqa|type: ignore)(: (?:[A-Z]+[0-9]+(?:, )?)+|\[[a-z, -]+\])?(?P<why>.*)$")
    silent = []
    for path in files_of_people():
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            found = exception.search(line)
            if found and not (found[2] and re.search(r"[a-z]{2}", found["why"])):
                silent.append(f"{path.relative_to(ROOT)}:{number}")
    assert silent == []


def files_of_people() -> Iterator[Path]:
    for folder in (*PACKAGES, "tests", "benchmarks", "installers"):
        yield from sorted((ROOT / folder).rglob("*.py"))


def test_importlib_is_used_in_tests_only() -> None:
    users = []
    for path in modules():
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Import) and any(a.name.split(".")[0] == "importlib" for a in node.names):
                users.append(name_of(path))
            if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "importlib":
                users.append(name_of(path))
            if isinstance(node, ast.Name) and node.id == "__import__":
                users.append(name_of(path))
    assert users == [], "importlib evades the import linter"


def test_broad_excepts_stand_only_in_the_seven_places() -> None:
    broad = set()
    for path in modules():
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.ExceptHandler):
                caught = node.type
                names = (
                    [dotted(e) for e in caught.elts]
                    if isinstance(caught, ast.Tuple)
                    else [dotted(caught)]
                    if caught
                    else [""]
                )
                if any(n in {"", "Exception", "BaseException"} for n in names):
                    broad.add(name_of(path))
    assert broad <= BROAD_EXCEPT_PLACES, broad - BROAD_EXCEPT_PLACES


@pytest.mark.parametrize(
    ("rule", "calls", "allowed"),
    [
        (
            "threads are started in two places",
            {"threading.Thread", "ThreadPoolExecutor", "Thread"},
            THREAD_PLACES,
        ),
        ("QThread is never used", {"QThread", "QtCore.QThread"}, set()),
        (
            "time and chance come through ports.clock",
            {
                "datetime.now",
                "datetime.utcnow",
                "date.today",
                "datetime.today",
                "time.time",
                "uuid4",
                "uuid.uuid4",
            },
            CLOCK_PLACES,
        ),
        (
            "the event loop is never re-entered",
            {"QApplication.processEvents", "QCoreApplication.processEvents"},
            set(),
        ),
    ],
)
def test_calls_that_have_one_home(rule: str, calls: set[str], allowed: set[str]) -> None:
    strays = set()
    for path in modules("smart4s_kiosk"):
        if name_of(path).startswith("smart4s_kiosk/demo/") and "QApplication.processEvents" in calls:
            continue
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Call) and dotted(node.func) in calls:
                strays.add(name_of(path))
    assert strays <= allowed, f"{rule}: {strays - allowed}"


def test_a_todo_names_its_issue() -> None:
    nameless = []
    for path in modules():
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if "TODO" in line and "TODO(#" not in line:
                nameless.append(f"{name_of(path)}:{number}")
    assert nameless == []
