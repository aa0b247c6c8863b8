"""Who one is, in words for directories and perks pages: only what the settings say, nothing claimed beyond."""

from collections.abc import Callable
from typing import Any

from cowork_cli.documents.words.people import PROFILE
from cowork_cli.domain import texts
from cowork_cli.domain.team import ProfileText
from cowork_cli.errors import BadInput

LENGTHS = ("short", "long")


def text(settings: Callable[[str], Any], language: str, length: str) -> ProfileText:
    """The text. Raises BadInput for another language or length, and where the name is not set."""
    if language not in PROFILE:
        raise BadInput(f'--lang "{language}" is not known', f"give one of {', '.join(PROFILE)}")
    if length not in LENGTHS:
        raise BadInput(f'--length "{length}" is not known', f"give one of {', '.join(LENGTHS)}")
    words = PROFILE[language]
    name = _said(settings, "seller.name") or _said(settings, "seller.company")
    if not name:
        raise BadInput(
            "who you are is not known: seller.name is not set",
            "set it with `cowork config set seller.name NAME`",
        )
    keys = {
        part: f"profile.{part}.{language}" for part in ("trade", "skills", "about", "languages")
    }
    keys |= {"city": "seller.city", "web": "profile.web", "company": "seller.company"}
    said = {part: _said(settings, key) for part, key in keys.items()}
    first = words["is"].format(name=name, trade=said["trade"]) if said["trade"] else name
    if said["city"]:
        first = f"{first}, {words['in'].format(city=said['city'])}"
    lines = [f"{first}."]
    if said["skills"]:
        skills = ", ".join(filter(None, (part.strip() for part in said["skills"].split(","))))
        lines.append(words["offers"].format(skills=skills))
    if length == "long":
        lines += _long(settings, said, language)
    contact = said["web"] or _said(settings, "seller.email")
    if contact:
        lines.append(words["reach"].format(contact=contact))
    wanted = [
        "trade",
        "skills",
        "city",
        "web",
        *(["about", "languages"] if length == "long" else []),
    ]
    missing = tuple(keys[part] for part in wanted if not said[part])
    joint = "\n\n" if length == "long" else " "
    return ProfileText(language, length, joint.join(lines), missing)


def _long(settings: Callable[[str], Any], said: dict[str, str | None], language: str) -> list[str]:
    words, lines = PROFILE[language], []
    if said["about"]:
        lines.append(said["about"])
    founded = settings("profile.founded")
    if founded:
        lines.append(words["since"].format(year=str(founded)[:4]))
    if said["languages"]:
        lines.append(words["languages"].format(languages=said["languages"]))
    return lines


def _said(settings: Callable[[str], Any], key: str) -> str | None:
    value = settings(key)
    return texts.words(str(value), key) if value else None
