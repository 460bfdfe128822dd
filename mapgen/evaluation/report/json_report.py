"""A run as JSON, and back: what one run writes, a later one compares itself with."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from mapgen.errors import OptionError
from mapgen.evaluation.cases import Answer, Case, Outcome
from mapgen.evaluation.compare import Comparison
from mapgen.evaluation.metrics import Bin
from mapgen.evaluation.run import Figure, Group, Run, commonest
from mapgen.messages import msg, reason_of

__all__ = ["from_json", "to_json"]

FORM = 1
"""Number of this form; raised when a change would mislead a reader of the older one."""


def to_json(run: Run, comparison: Comparison | None = None) -> str:
    """Return the run as JSON; what is not known of a case is left out."""
    data: dict[str, Any] = {
        "form": FORM,
        "mapgen": run.version,
        "task": run.task,
        "corpus": {
            "name": run.corpus,
            "sha256": run.sha256,
            "split": run.split,
            "limit": run.limit,
            "documents": run.documents,
            "names": run.names,
            "tokens": run.tokens,
        },
        "seconds": run.seconds,
        "tokens_per_second": round(run.tokens_per_second),
        "intervals": {"share": 0.95, "unit": run.unit},
        "figures": {name: _known(asdict(figure)) for name, figure in run.figures.items()},
        "by_kind": [_known(asdict(group)) for group in run.kinds],
        "by_country": [_known(asdict(group)) for group in run.countries],
        "reliability": [asdict(row) for row in run.reliability],
        "errors": {
            sort: [
                {"name": each.name, "detail": each.detail, "count": each.count, "example": _case(each.example)}
                for each in members
            ]
            for sort, members in run.errors.items()
        },
        "cases": [_case(case) for case in run.cases],
    }
    if comparison is not None:
        data["comparison"] = asdict(comparison) | {
            "changes": [asdict(change) | {"difference": change.difference} for change in comparison.changes]
        }
    return json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _known(data: dict[str, Any]) -> dict[str, Any]:
    return {
        key: _known(value) if isinstance(value, dict) else value for key, value in data.items() if value is not None
    }


def _case(case: Case) -> dict[str, Any]:
    return {key: value for key, value in _known(asdict(case)).items() if value != ""}


def from_json(path: Path) -> Run:
    """Return the run that `to_json` has written.

    Raises:
        OptionError: the file cannot be read or is none.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if data["form"] != FORM:
            raise ValueError(msg("its form is {data}, not {form}", data=data["form"], form=FORM))
        return _run(data)
    except OSError as error:
        raise OptionError(msg("cannot be read: {reason}", reason=reason_of(error)), path=path) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise OptionError(
            msg("is no run of mapgen evaluate --format json: {error!r}", error=error), path=path
        ) from error


def _run(data: dict[str, Any]) -> Run:
    corpus = data["corpus"]
    cases = tuple(_case_of(case) for case in data["cases"])
    return Run(
        task=data["task"],
        corpus=corpus["name"],
        sha256=corpus["sha256"],
        version=data["mapgen"],
        split=corpus["split"],
        limit=corpus["limit"],
        documents=corpus["documents"],
        names=corpus["names"],
        tokens=corpus["tokens"],
        seconds=data["seconds"],
        unit=data["intervals"]["unit"],
        figures={name: Figure(**figure) for name, figure in data["figures"].items()},
        kinds=_groups(data["by_kind"]),
        countries=_groups(data["by_country"]),
        reliability=tuple(Bin(**row) for row in data["reliability"]),
        errors=commonest(cases),
        cases=cases,
    )


def _groups(groups: list[dict[str, Any]]) -> tuple[Group, ...]:
    return tuple(Group(**{**group, "right": Figure(**group["right"])}) for group in groups)


def _case_of(data: dict[str, Any]) -> Case:
    fields: dict[str, Any] = dict(data, outcome=Outcome(data["outcome"]))
    for key in ("truth", "answer"):
        if key in data:
            fields[key] = Answer(**data[key])
    return Case(**fields)
