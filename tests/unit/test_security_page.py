import re
from pathlib import Path

import mapgen

ROOT = Path(__file__).parents[2]


def test_every_promise_names_tests_that_exist() -> None:
    rows = [line for line in (ROOT / "SECURITY.md").read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    named = [re.findall(r"`(test_\w+)`", row) for row in rows if "`test_" in row]
    assert len(named) >= 10
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    known = set(re.findall(r"def (test_\w+)\(", code))
    assert {name for names in named for name in names} <= known
    assert len(named) == len(rows) - 1, "a promise without a test"


def test_the_citation_has_the_version() -> None:
    assert f"\nversion: {mapgen.__version__}\n" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")
