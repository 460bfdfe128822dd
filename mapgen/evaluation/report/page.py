"""A run as one HTML page that asks nothing of any network: figures, groups, errors, and a map to click through them."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from mapgen.evaluation.cases import Answer, Case, Outcome
from mapgen.evaluation.compare import Comparison
from mapgen.evaluation.figures import LESS_IS_BETTER
from mapgen.evaluation.report import wording
from mapgen.evaluation.report.world import STEPS, world
from mapgen.evaluation.run import Run
from mapgen.rendering import assets
from mapgen.rendering.escape import json_for_html

__all__ = ["MOST_ON_MAP", "to_html"]

MOST_ON_MAP = 1500
"""Errors that the map holds, those of the most names first."""
_EXAMPLES = 3
_COUNTRIES = 30


def to_html(run: Run, comparison: Comparison | None = None) -> str:
    """Return the run as one complete HTML page."""
    errors = map_errors(run)
    scripts = [assets.leaflet_script(), script()] if errors else []
    styles = ([assets.leaflet_style()] if errors else []) + [style()]
    return (
        _environment()
        .get_template("report.html.j2")
        .render(
            run=run,
            comparison=comparison,
            words=wording,
            sorts=[(sort, wording.SORTS[sort], _count(run, sort), each) for sort, each in run.errors.items()],
            groups=[
                (title, groups)
                for title, groups in (("kind", run.kinds), ("country", run.countries[:_COUNTRIES]))
                if groups
            ],
            errors=len(errors),
            data=json_for_html({"errors": errors, "steps": STEPS, **world()}) if errors else "",
            less_is_better=LESS_IS_BETTER,
            scripts=[Markup(each) for each in scripts],  # noqa: S704 - our own files and Leaflet's
            styles=[Markup(each) for each in styles],  # noqa: S704
            policy=policy(scripts, styles),
        )
    )


def _count(run: Run, sort: str) -> int:
    return sum(case.outcome.value == sort for case in run.cases)


def map_errors(run: Run) -> list[dict[str, Any]]:
    """Return the errors whose true place is known, like ones together, those of the most names first.

    Each has `name`, `sort` (in words), `count`, `km`, `truth` and `answer` (lat, lon and what is known; or None),
    `probability`, `covered` and up to three `examples` (document, words before, name, words after).
    """
    groups: dict[tuple[str, Outcome, Answer, Answer | None], list[Case]] = defaultdict(list)
    for case in run.cases:
        if case.outcome not in (Outcome.RIGHT, Outcome.INVENTED) and case.truth is not None:
            groups[case.name, case.outcome, case.truth, case.answer].append(case)
    ordered = sorted(groups.items(), key=lambda item: (-len(item[1]), item[0][0], item[1][0].document))
    return [
        {
            "name": name,
            "sort": wording.SORTS[outcome.value],
            "count": len(cases),
            "km": cases[0].distance_km if answer is not None else None,
            "truth": _point(truth),
            "answer": _point(answer) if answer is not None else None,
            "probability": cases[0].probability,
            "covered": cases[0].covered,
            "examples": [[case.document, case.before, case.name, case.after] for case in cases[:_EXAMPLES]],
        }
        for (name, outcome, truth, answer), cases in ordered[:MOST_ON_MAP]
    ]


def _point(answer: Answer) -> dict[str, Any]:
    about = ", ".join(part for part in (answer.name, answer.kind, answer.country, answer.id) if part)
    return {"lat": round(answer.lat, 4), "lon": round(answer.lon, 4), "about": about}


@lru_cache(maxsize=1)
def script() -> str:
    """Return the page's script."""
    own = (files("mapgen.evaluation.report") / "static" / "report.js").read_text(encoding="utf-8")
    return '(() => {\n"use strict";\n' + own + "})();\n"


@lru_cache(maxsize=1)
def style() -> str:
    """Return the page's style sheet."""
    return (files("mapgen.evaluation.report") / "static" / "report.css").read_text(encoding="utf-8")


def policy(scripts: list[str], styles: list[str]) -> str:
    """Return the Content-Security-Policy: the page's own scripts and styles by their hashes, nothing else."""
    return "; ".join(
        (
            "default-src 'none'",
            "script-src " + (" ".join(assets.digest(each) for each in scripts) or "'none'"),
            "style-src " + " ".join(assets.digest(each) for each in styles),
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("mapgen.evaluation.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
