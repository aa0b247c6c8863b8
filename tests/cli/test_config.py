"""`cowork config` through the whole command line."""

import os
import stat

import pytest


def test_get_says_where_a_value_comes_from(cowork, home):
    assert cowork("config", "get", "seller.country").rows == [
        ["seller.country", "DE", "default", "country, two letters"]
    ]
    (home / "config").mkdir(parents=True)
    (home / "config" / "config.toml").write_text('land = "BE"\n[seller]\ncity = "Köln"\n')
    assert cowork("config", "get", "land", "--json").data == {
        "name": "land",
        "value": "BE",
        "source": "config.toml",
        "help": "your Land, for public holidays (BE, NW, …)",
    }
    assert cowork("config", "set", "land", "Bayern").rows[0][:3] == ["land", "BY", "settings.toml"]
    outcome = cowork("config", "unset", "land")
    assert outcome.rows[0][:3] == ["land", "BE", "config.toml"]
    assert "still set in" in outcome.err


def test_nothing_to_unset_is_said(cowork):
    outcome = cowork("config", "unset", "land")
    assert (outcome.code, outcome.err) == (0, "land was not set, nothing was changed\n")


def test_set_never_touches_the_file_of_people(cowork, home):
    (home / "config").mkdir(parents=True)
    mine = "# my notes\nland   = 'BE'\n"
    (home / "config" / "config.toml").write_text(mine)
    assert cowork("config", "set", "land", "NRW").code == 0
    assert (home / "config" / "config.toml").read_text() == mine
    mode = (home / "config" / "settings.toml").stat().st_mode
    assert os.name == "nt" or stat.S_IMODE(mode) == 0o600


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (("set", "land", "Narnia"), 'land: "Narnia" is no Land'),
        (("set", "landd", "BE"), 'did you mean "land"'),
        (("get", "nix"), 'there is no setting "nix"'),
        (("set", "output", "xml"), 'output cannot be "xml"'),
        (("set", "accounts.hafen.url", "x"), "setting of an account"),
        (("set", "store.id", "x"), "written by cowork"),
    ],
)
def test_what_cannot_be_is_a_usage_error(cowork, home, words, part):
    outcome = cowork("config", *words)
    assert outcome.code == 2
    assert part in outcome.err
    assert "hint: " in outcome.err
    assert not (home / "config" / "settings.toml").exists()


def test_list_holds_every_setting_once(cowork):
    names = [row[0] for row in cowork("config", "list").rows]
    assert len(names) == len(set(names)) > 30
    assert "store.id" not in names
    assert cowork("config", "set", "turnover.2025", "18000").code == 0
    assert "turnover.2025" in [row[0] for row in cowork("config", "list").rows]


def test_path(cowork, home):
    assert cowork("config", "path", "--json").data == {
        "config": str(home / "config" / "config.toml"),
        "settings": str(home / "config" / "settings.toml"),
    }


def test_a_number_that_was_used_is_not_set_again(acme):
    added = acme("track", "add", "acme/site", "--from", "9:00", "--to", "11:00")
    assert added.code == 0, str(added)
    assert acme("config", "set", "invoice.number_format", "{series}-{year}-{seq:04}").code == 0
    assert acme("config", "set", "invoice.next.RE", "12").code == 0
    assert acme("invoice", "draft", "acme", "--series", "RE").code == 0
    issued = acme("invoice", "issue", "draft-1")
    assert issued.code == 0, str(issued)
    outcome = acme("config", "set", "invoice.next.RE", "12")
    assert outcome.code == 6
    assert "has used its numbers up to 12" in outcome.err
    assert "cowork config set invoice.next.RE 13" in outcome.err
    assert acme("config", "set", "invoice.next.RE", "13").code == 0


def test_an_account_says_its_way_back(cowork):
    add = (
        "account",
        "add",
        "mirror",
        "--provider",
        "coworkingview",
        "--set",
        "url=https://a.example",
    )
    added = cowork(*add)
    assert added.code == 0, str(added)
    assert "Take it back with `cowork account remove mirror`" in added.err
    changed = cowork("account", "add", "mirror", "--set", "url=https://b.example")
    assert "`cowork account add mirror --set url=https://a.example`" in changed.err
    assert (
        "Take it back"
        not in cowork("account", "add", "mirror", "--set", "url=https://b.example").err
    )
    gone = cowork("account", "remove", "mirror", "--yes")
    back = "cowork account add mirror --provider coworkingview --set url=https://b.example"
    assert f"Bring it back with `{back}`" in gone.err
    assert cowork(*back.split()[1:]).code == 0
    assert cowork("account", "show", "mirror", "--json").data["name"] == "mirror"
    feed = (
        "account",
        "add",
        "feed",
        "--provider",
        "ical",
        "--set",
        "url=https://x.example/abc.ics",
    )
    assert cowork(*feed).code == 0
    changed = cowork("account", "add", "feed", "--set", "url=https://x.example/def.ics")
    gone = cowork("account", "remove", "feed", "--yes")
    assert "--set url=ADDRESS" in changed.err
    assert "--set url=ADDRESS" in gone.err
    assert ".ics" not in changed.err + gone.err, "the address of a feed is a secret"


def test_the_mark_of_an_editor_is_no_fault(cowork, home):
    (home / "config").mkdir(parents=True)
    (home / "config" / "config.toml").write_bytes(b'\xef\xbb\xbfland = "BE"\n')
    assert cowork("config", "get", "land").rows[0][:3] == ["land", "BE", "config.toml"]


def test_a_file_of_settings_without_end(cowork, home):
    (home / "config").mkdir(parents=True)
    file = home / "config" / "config.toml"
    file.symlink_to("/dev/zero")
    refused = cowork("config", "get", "land")
    assert (refused.code, refused.err) == (
        3,
        f"error: {file} is larger than 1 MB\nhint: correct the file: {file}\n",
    )
