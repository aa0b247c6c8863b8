"""`cowork space map`: one page that needs nothing else, looked at in a real browser where one is."""

import base64
import hashlib
import html
import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Cowork

EVIL = '<img src=x onerror=alert(1)>"\'&</script><script>document.title="pwned"</script>'
SPACES = (
    (
        "Weekdays",
        "10115",
        "Berlin",
        "DE",
        "52.53",
        "13.38",
        "Mo-Fr 08:00-12:00,13:00-19:00; PH off",
    ),
    ("Nights", "20095", "Hamburg", "DE", "53.55", "10.0", "Mo-Su 20:00-02:00; PH 20:00-02:00"),
    ("Always", "04109", "Leipzig", "DE", "51.34", "12.37", "24/7"),
    ("Silent on holidays", "80331", "München", "DE", "48.13", "11.57", "Mo-Fr 09:00-18:00"),
    ("Tokyo", "100-0001", "Tokyo", "JP", "35.68", "139.76", "Mo-Su 00:00-05:00"),
    ("As written", "24103", "Kiel", "DE", "54.32", "10.13", "nach Vereinbarung"),
    ("Nobody knows", "01067", "Dresden", "DE", "51.05", "13.73", None),
    (
        "Summer",
        "18055",
        "Rostock",
        "DE",
        "54.09",
        "12.14",
        "Apr-Sep Mo-Su 10:00-20:00; Oct-Mar off",
    ),
)


@pytest.fixture
def directory(cowork: Cowork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cowork:
    monkeypatch.chdir(tmp_path)
    for name, postcode, city, country, lat, lon, hours in SPACES:
        words = ["--hours", hours] if hours else []
        added = cowork("space", "add", name, "--postcode", postcode, "--city", city, "--country",
                       country, "--lat", lat, "--lon", lon, "--amenity", "wifi", *words)  # fmt: skip
        assert added.code == 0, str(added)
    return cowork


def made(cowork: Cowork, *words: str) -> str:
    outcome = cowork("space", "map", *words, "--out", "map.html", "--force", "--offline")
    assert outcome.code == 0, str(outcome)
    return Path("map.html").read_text(encoding="utf-8")


def data_of(page: str) -> Any:
    return json.loads(
        re.findall(r'<script type="application/json" id="data">(.*?)</script>', page)[0]
    )


# ---- the file


def test_the_page_holds_all_it_needs_and_names_no_other_file(directory: Cowork) -> None:
    page = made(directory)
    assert re.findall(r"<(?:script|link|img|iframe|object|embed)\b[^>]*(?:src|href)=", page) == []
    assert "url(" not in page
    assert "@import" not in page
    assert page.count("https://tile.openstreetmap.org") == 2, (
        "the policy, and the address of images"
    )


def test_the_policy_allows_our_own_script_and_style_and_one_host(directory: Cowork) -> None:
    page = made(directory)
    policy = html.unescape(re.findall(r'Content-Security-Policy" content="([^"]*)"', page)[0])
    for kind, content in (
        ("script-src", re.findall(r"<script>(.*?)</script>", page, re.DOTALL)[-1]),
        ("style-src", re.findall(r"<style>(.*?)</style>", page, re.DOTALL)[0]),
    ):
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{kind} 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert "img-src https://tile.openstreetmap.org;" in policy
    assert "unsafe" not in policy
    assert "img-src 'none'" in html.unescape(made(directory, "--tiles", "none"))
    own = made(directory, "--tiles", "https://maps.example.org/{z}/{x}/{y}.png")
    assert "img-src https://maps.example.org;" in html.unescape(own)
    assert "Map images from maps.example.org" in own


def test_hostile_names_stay_text(directory: Cowork) -> None:
    assert directory("space", "add", EVIL, "--city", EVIL, "--website", "javascript:alert(1)",
                     "--phone", '"><b>').code == 0  # fmt: skip
    page = made(directory)
    assert "<img" not in page
    assert "javascript:" not in page
    assert page.count("<script") == page.count("</script>") == 2
    assert html.escape(EVIL) in page
    assert EVIL in [spot["name"] for spot in data_of(page)["spots"]]


def test_only_what_can_be_linked_is_linked(directory: Cowork) -> None:
    for website, phone in (
        ('example.org/a?b=1&c="x', "+49 (0)30 123456; 0151 1"),
        ("ftp://x", "none"),
    ):
        assert directory("space", "add", f"L {website}", "--city", "Kiel", "--website", website,
                         "--phone", phone).code == 0  # fmt: skip
    page = made(directory)
    links = [html.unescape(link) for link in re.findall(r'href="([^"]*)"', page)]
    assert 'https://example.org/a?b=1&c="x' in links
    assert "tel:+4930123456" in links
    assert not any(link.startswith("ftp") for link in links)


def test_the_list_can_be_read_without_script(directory: Cowork) -> None:
    rows = re.findall(r"<li .*?</li>", made(directory), re.DOTALL)
    assert [re.sub("<[^>]*>", "", re.findall(r"<h2>(.*?)</h2>", row)[0]) for row in rows] == sorted(
        name for name, *_ in SPACES
    )
    assert "Mo-Fr 09:00-18:00" in rows[4]
    assert "wifi" in rows[4]


def test_hours_are_a_week_with_its_exceptions(directory: Cowork) -> None:
    spots = {spot["name"]: spot["hours"] for spot in data_of(made(directory))["spots"]}
    assert spots["Weekdays"]["days"] == [[[480, 720], [780, 1140]]] * 5 + [[], []]
    assert spots["Weekdays"]["exceptions"]["2026-12-25"] == []
    assert spots["Silent on holidays"]["exceptions"]["2026-12-25"] is None
    assert spots["Nights"]["days"] == [[[1200, 1560]]] * 7
    assert spots["Summer"]["exceptions"]["2027-04-01"] == [[600, 1200]]
    assert spots["Tokyo"]["zone"] == "Asia/Tokyo"
    assert spots["Tokyo"]["exceptions"] == {}
    assert spots["As written"] is spots["Nobody knows"] is None
    assert (spots["Always"]["first"], spots["Always"]["last"]) == ("2026-11-25", "2027-11-25")


def test_equal_input_gives_equal_bytes(directory: Cowork) -> None:
    assert made(directory) == made(directory)


# ---- the command


def test_a_file_that_is_there_is_refused_before_anything_is_asked(directory: Cowork) -> None:
    Path("map.html").write_text("mine")
    outcome = directory("space", "map", "--out", "map.html")
    assert outcome.code == 6
    assert "--force" in outcome.err
    assert Path("map.html").read_text() == "mine"


def test_it_says_what_it_wrote(directory: Cowork) -> None:
    directory("space", "add", "Nowhere", "--city", "Atlantis")
    outcome = directory("space", "map", "--offline", "--out", "map.html", "--json")
    assert outcome.data == {"file": "map.html", "spaces": 9, "without_point": 1}
    assert "not on the map" in outcome.err
    assert "not on the map" in Path("map.html").read_text()


def test_a_place_a_name_or_refs_choose_the_spaces(directory: Cowork) -> None:
    def names(*words: str) -> list[str]:
        return [spot["name"] for spot in data_of(made(directory, *words))["spots"]]

    assert names("--near", "Leipzig") == ["Always"]
    assert names("Hamburg") == ["Nights"]
    assert names("local:tokyo", "local:always") == ["Tokyo", "Always"]
    assert names("--limit", "2") == ["Always", "As written"]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("local:nights", "local:nihgts"), 5, "Nights"),
        (("local:nights", "local:nights"), 2, "named twice"),
        (("local:nights", "--near", "Kiel"), 2, "--near"),
        (("--tiles", "http://x/y.png"), 2, "{z}/{x}/{y}"),
        (("--tiles", "https://x/{z}/{x}/{y}.png' 'unsafe-inline"), 2, "no address"),
        (("--near", "Leipzg"), 5, "Leipzig"),
        (("--radius", "0", "--near", "Leipzig"), 2, "--radius"),
    ],
    ids=str,
)
def test_bad_input_writes_nothing(
    directory: Cowork, words: tuple[str, ...], code: int, said: str
) -> None:
    outcome = directory("space", "map", *words, "--offline", "--out", "map.html")
    assert outcome.code == code, str(outcome)
    assert said in outcome.err
    assert not Path("map.html").exists()


def test_nothing_found_writes_nothing(directory: Cowork) -> None:
    outcome = directory("space", "map", "--near", "Aachen", "--offline", "--out", "map.html")
    assert outcome.code == 0, str(outcome)
    assert not Path("map.html").exists()


# ---- in a browser

Look = Callable[..., str]
DONE = '<meta name="looked"'


@pytest.fixture
def look(tmp_path: Path) -> Look:
    """Opens the page at an instant and returns its document, after running `then` in it."""
    browser = (
        shutil.which("chromium")
        or shutil.which("chromium-browser")
        or shutil.which("google-chrome")
    )
    if browser is None:
        pytest.skip("no Chromium is installed")

    def run(
        page: str, at: str = "2026-11-25T17:00:00Z", then: str = "", size: str = "1280,800"
    ) -> str:
        file = tmp_path / "looked-at.html"
        if then:  # a script of the test is none that the policy knows
            page = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page)
            page = page.replace("</body>", f"<script>{then}</script></body>")
        file.write_text(page, encoding="utf-8")
        done = subprocess.run(
            [browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
             "--disable-background-networking", "--host-resolver-rules=MAP * ~NOTFOUND",
             f"--user-data-dir={tmp_path / 'profile'}", f"--window-size={size}",
             "--virtual-time-budget=2000", "--dump-dom", f"{file.as_uri()}#at={at}"],
            capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        assert 'class="ready"' in done.stdout, done.stderr[-2000:]
        return done.stdout

    return run


def states(document: str) -> dict[str, str]:
    rows = re.findall(r"<li .*?</li>", document, re.DOTALL)
    return {
        html.unescape(re.findall(r"<button[^>]*>(.*?)</button>", row)[0]): html.unescape(
            re.findall(r'<p class="state[^"]*">(.*?)</p>', row)[0]
        )
        for row in rows
    }


TOLD = [
    (
        "2026-11-25T17:00:00Z",  # Wednesday 18:00 in Germany, Thursday 2:00 in Tokyo
        {"Weekdays": "open now, until 19:00", "Nights": "closed now, opens 20:00",
         "Always": "open now, day and night", "Tokyo": "open now, until 05:00",
         "Silent on holidays": "closed now, opens Thu 09:00", "As written": "",
         "Nobody knows": "", "Summer": "closed now"},
    ),
    (
        "2026-11-28T00:30:00Z",  # Saturday 1:30
        {"Nights": "open now, until 02:00", "Weekdays": "closed now, opens Mon 08:00"},
    ),
    (
        "2026-12-24T20:00:00Z",  # Christmas Eve 21:00; the 25th is a Friday
        {"Nights": "open now, until Fri 02:00", "Weekdays": "closed now, opens Mon 08:00",
         "Silent on holidays": "closed now"},
    ),
    (
        "2026-12-25T11:00:00Z",
        {"Weekdays": "closed now, opens Mon 08:00",
         "Silent on holidays": "hours of today are not known"},
    ),
    ("2027-07-01T08:00:00Z", {"Summer": "open now, until 20:00"}),
    ("2028-01-12T11:00:00Z", {"Weekdays": "hours of today are not known"}),
]  # fmt: skip


def test_the_page_tells_what_is_open_when_it_is_read(directory: Cowork, look: Look) -> None:
    found = report(
        look,
        made(directory),
        f"""
        for (const at of {json.dumps([at for at, _ in TOLD])}) {{
          location.hash = `at=${{at}}`;
          dispatchEvent(new Event("hashchange"));
          report[at] = Object.fromEntries([...document.querySelectorAll("#list li")].map(row =>
            [row.querySelector("button").textContent, row.querySelector(".state").textContent]));
        }}
        """,
    )
    for at, told in TOLD:
        assert {name: found[at][name] for name in told} == told, at


REPORT = """
const report = {};
%s
report.resources = performance.getEntriesByType("resource").length;
const result = document.createElement("pre"); result.id = "report";
result.textContent = JSON.stringify(report); document.body.append(result);
"""


def report(look: Look, page: str, script: str, **more: str) -> Any:
    document = look(page, then=REPORT % script, **more)
    return json.loads(html.unescape(re.findall(r'<pre id="report">(.*?)</pre>', document)[0]))


def test_it_filters_moves_and_chooses_by_keyboard(directory: Cowork, look: Look) -> None:
    found = report(
        look,
        made(directory),
        """
        const shown = () => [...document.querySelectorAll("#list li:not([hidden])")].map(row => row.querySelector("button").textContent);
        const filter = document.getElementById("filter"), map = document.getElementById("map");
        const pin = name => [...document.querySelectorAll(".pin")].find(one => one.title === name);
        const type = text => { filter.value = text; filter.dispatchEvent(new Event("input")); };
        const press = key => map.dispatchEvent(new KeyboardEvent("keydown", { key, cancelable: true }));
        type("munchen"); report.umlaut = shown();
        type("muenchen"); report.spelled = shown();
        type("wifi kiel"); report.words = shown();
        type("xyzzy"); report.none = shown(); report.said = document.getElementById("said").textContent;
        type("");
        const box = document.getElementById("only-open"); box.click(); report.open = shown(); box.click();
        const left = () => parseFloat(pin("Always").style.left);
        const before = left(); press("ArrowRight"); report.right = left() - before;
        press("ArrowLeft"); report.back = left() - before;
        const apart = () => Math.abs(left() - parseFloat(pin("Weekdays").style.left));
        const near = apart(); press("+"); report.zoom = apart() / near; press("0");
        document.querySelector("#list li:nth-child(1) button").click();
        report.pressed = [...document.querySelectorAll("#list [aria-pressed=true]")].map(one => one.textContent);
        report.centre = Math.abs(left() - map.clientWidth / 2) < 1;
        report.pin = pin("Nights").getAttribute("aria-label");
        """,
    )
    assert found["umlaut"] == found["spelled"] == ["Silent on holidays"]
    assert found["words"] == ["As written"]
    assert (found["none"], found["said"]) == ([], "0 of 8 shown")
    assert found["open"] == ["Always", "Tokyo", "Weekdays"]
    assert (found["right"], found["back"]) == (pytest.approx(-80), pytest.approx(0))
    assert found["zoom"] == pytest.approx(2, rel=0.001)
    assert found["pressed"] == ["Always"]
    assert found["centre"]
    assert found["pin"] == "Nights, closed now, opens 20:00"
    assert found["resources"] == 0


def test_map_images_are_fetched_after_the_box_is_ticked_and_not_before(
    directory: Cowork, look: Look
) -> None:
    script = """
        const images = () => [...document.querySelectorAll("#tiles img")].map(one => one.src);
        report.before = images();
        const box = document.getElementById("images");
        box.click(); report.after = images(); box.click(); report.again = images();
        report.towns = document.querySelectorAll("#towns span:not([hidden])").length;
        """
    found = report(look, made(directory), script)
    assert found["before"] == found["again"] == []
    assert found["after"]
    assert all(
        re.fullmatch(r"https://tile\.openstreetmap\.org/\d+/\d+/\d+\.png", address)
        for address in found["after"]
    )
    assert data_of(made(directory, "--tiles", "none"))["tiles"] is None


@pytest.mark.parametrize("size", ["1280,800", "390,844"])
def test_every_control_has_a_name_and_nothing_is_wider_than_the_page(
    directory: Cowork, look: Look, size: str
) -> None:
    directory(
        "space", "add", "W" * 120, "--city", "Kiel", "--website", "https://" + "x" * 200 + ".de"
    )
    found = report(
        look,
        made(directory),
        """
        report.nameless = [...document.querySelectorAll("button, input, a, [tabindex]")].filter(one => !one.hidden
          && !(one.getAttribute("aria-label") || one.textContent.trim() || (one.labels && one.labels.length))).map(one => one.outerHTML);
        report.wide = document.documentElement.scrollWidth - innerWidth;
        report.map = document.getElementById("map").getBoundingClientRect().toJSON();
        """,
        size=size,
    )
    assert found["nameless"] == []
    assert found["wide"] <= 0
    assert found["map"]["width"] >= 300
    assert found["map"]["height"] >= 250


def test_hostile_names_do_nothing_in_a_browser(directory: Cowork, look: Look) -> None:
    directory("space", "add", EVIL, "--postcode", "14467", "--city", "Potsdam")
    document = look(made(directory))
    assert "<title>Spaces</title>" in document
    assert "<img" not in document
    assert EVIL in states(document)
