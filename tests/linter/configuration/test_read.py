from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jfml_policies.errors import ConfigurationError, InputError, UsageError
from jfml_policies.linter.configuration import Configuration, KindOfFiles, Layer, read_configuration, read_layer
from jfml_policies.linter.configuration.keys import READ_FIRST, SETTINGS, TABLES_OF_THEIR_OWN
from jfml_policies.linter.rule import Rule


def layer(text: str, file: str = "jfml-policies.toml", folder: str = "/repo") -> Layer:
    return read_layer(text, file=file, folder=folder, is_pyproject=file.endswith("pyproject.toml"))


def read(*texts: str) -> Configuration:
    return read_configuration([layer(text, f"{number}.toml") for number, text in enumerate(texts)])


def problems_of(text: str, file: str = "jfml-policies.toml") -> list[str]:
    with pytest.raises(ConfigurationError) as caught:
        read_configuration([layer(text, file)])
    return [f"{problem.file}: {problem.message} ({problem.hint})" for problem in caught.value.problems]


def test_every_setting_is_read() -> None:
    """What is written arrives, as values that the check can use."""
    found = read(
        """
        select = ["trust", "INVALID_ACTION"]
        extend-select = ["size"]
        ignore = ["meaning", "scp-syntax-error-action-wildcard"]
        extend-ignore = ["public-role"]
        fail-on = "error"
        exclude = ["vendored"]
        catalog = "catalog/iam.sqlite"
        baseline = "/else/where.json"
        trusted-accounts = ["111122223333"]
        organization-ids = ["o-a1b2c3d4e5"]
        [per-file-ignores]
        "legacy/**" = ["invalid-action"]
        [kinds]
        "scp/**" = "scp"
        "buckets/**" = {kind = "resource", resource-type = "AWS::S3::Bucket"}
        [rules.guessable-external-id]
        least-characters = 12
        guessable = ["acme"]
        [[vendor-accounts]]
        account = "444455556666"
        name = "Acme Analytics"
        roles = ["role/acme-*"]
        [[suppressions]]
        rule = "public-role"
        file = "open/*.json"
        sid = "Everyone"
        reason = "a honeypot"
        until = 2027-01-31
        """
    )

    assert ("trust", "INVALID_ACTION") == found.select
    assert ("meaning", "scp-syntax-error-action-wildcard", "public-role") == found.ignore
    assert ("size",) == found.extend_select
    assert found.fail_on == "error"
    assert found.excludes("/repo/a/vendored/x.json")
    assert ("/repo/catalog/iam.sqlite", "/else/where.json") == (found.catalog, found.baseline)
    assert ("invalid-action",) == found.ignored_in("/repo/legacy/a/x.json")
    assert KindOfFiles("scp") == found.kind_of("/repo/scp/x.json")
    assert KindOfFiles("resource", "AWS::S3::Bucket") == found.kind_of("/repo/buckets/x.json")
    assert frozenset({"111122223333"}) == found.rules.trusted_accounts
    assert ("o-a1b2c3d4e5",) == found.rules.organization_ids
    assert [("444455556666", "Acme Analytics", "required", ("role/acme-*",))] == [
        (vendor.account, vendor.name, vendor.external_id, vendor.role_patterns) for vendor in found.rules.vendors
    ]
    assert {
        ("GUESSABLE_EXTERNAL_ID", "least-characters"): 12,
        ("GUESSABLE_EXTERNAL_ID", "guessable"): ("acme",),
    } == found.rules.options
    (suppression,) = found.suppressions
    assert ("PUBLIC_ROLE", "Everyone", "a honeypot", "2027-01-31", "0.toml:24:11") == (
        suppression.code,
        suppression.sid,
        suppression.reason,
        suppression.until,
        suppression.place,
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("slect = []", "1:1: there is no setting `slect` (did you mean `select`?)"),
        ("organisation-ids = []", "1:1: there is no setting `organisation-ids` (did you mean `organization-ids`?)"),
        (
            "fail-on = 3",
            "1:1: `fail-on` must be one of error, security-warning, warning, suggestion, not a whole number (None)",
        ),
        (
            "ignore = ['x', 'invalid-actoin']",
            "1:16: there is no rule `invalid-actoin` (did you mean `invalid-action`?)",
        ),
        ("select = 'trust'", "1:1: `select` must be a list of names of rules and families, not a text (None)"),
        (
            "select = ['scp-syntax-error-action-wildcard']",
            "1:11: there is no rule `scp-syntax-error-action-wildcard`: what AWS's check",
        ),
        ("trusted-accounts = [111122223333]", "1:21: `trusted-accounts` must be an account id, not a whole number"),
        ("trusted-accounts = ['1']", "1:21: `1` is not an account id (write twelve digits in quotes)"),
        ("organization-ids = ['r-ab']", "1:21: `r-ab` is not an organization's id"),
        ("exclude = ['../x']", "1:12: `../x` leaves the folder of the configuration (None)"),
        ("[kinds]\n'a' = 'trsut'", "2:1: `trsut` is not one of identity,"),
        ("[kinds]\n'a' = {knd = 'scp'}", "2:8: there is no setting `knd` here (did you mean `kind`?)"),
        ("[rules.invalid-action]\nx = 1", "1:8: the rule `invalid-action` has no options (None)"),
        ("[rules.invalid-actin]\nx = 1", "1:8: there is no rule `invalid-actin` (did you mean `invalid-action`?)"),
        ("rules = 3", "1:1: `rules` must be a table"),
        (
            "[rules.guessable-external-id]\nleast-characters = 1",
            "2:1: `least-characters` must be a whole number from 2",
        ),
        ("[rules.guessable-external-id]\nguesable = []", "2:1: there is no setting `guesable` here (did you mean"),
        (
            "[[suppressions]]\nrule = 'public-role'\nfile = '*'",
            "1:3: `reason` is missing: why they are accepted (None)",
        ),
        ("[[suppressions]]\nrule = 'trust'\nfile = '*'\nreason = 'r'", "2:1: there is no rule `trust`"),
        ("[[suppressions]]\nrule='public-role'\nfile='*'\nreason='r'\nuntil='2027-02-30'", "5:1: `2027-02-30` is not"),
        ("[[suppressions]]\nrule='public-role'\nfile='*'\nreason=' '", "4:1: `reason` must not be empty (None)"),
        (
            "[[suppressions]]\nrule='public-role'\nfile='*'\nreason='r'\npointer='Statement'",
            "5:1: `Statement` is not a",
        ),
        ("[suppressions]\nrule = 'public-role'", "1:2: `suppressions` must be a list of tables, not a table (None)"),
        ("[[vendor-accounts]]\naccount = '111122223333'", "1:3: `name` is missing: the vendor's name, for messages"),
        ("[[custom-rules]]\nname = 'x'", "2:1: there is no setting `name` here"),
        ("custom-rules = 3", "1:1: `custom-rules` must be a list of tables"),
        ("rules-from = ['a b']", "1:15: `a b` is not the name of a Python module (None)"),
        ("extend = 3", "1:1: `extend` must be a text, not a whole number (None)"),
        ("catalog = ''", "1:1: `catalog` must not be empty (None)"),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else None,
)
def test_what_is_wrong_is_told_with_its_place(text: str, expected: str) -> None:
    """Each mistake has its line, its column and a remedy."""
    found = problems_of(text)

    assert any(problem.startswith(f"jfml-policies.toml:{expected}") for problem in found), found


def test_all_that_is_wrong_is_told_at_once() -> None:
    """The second mistake need not wait until the first is mended."""
    text = '[tool.jfml-policies]\nslect = 1\nfail-on = "eror"\n[tool.jfml-policies.kinds]\nx = 2\n'

    found = problems_of(text, "pyproject.toml")

    assert ["2:1", "3:1", "5:1"] == [problem.split(": ")[0].removeprefix("pyproject.toml:") for problem in found]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a = 1\nb = = 2", "t.toml:2:5"),
        ("a = [", "t.toml:1:"),
        ("a = 1\na = 2", "t.toml:2:"),
        ("x = " + "[" * 100_000, "t.toml"),
        ("x = 1" + "0" * 100_000, "t.toml"),
    ],
    ids=["syntax", "end", "twice", "depth", "number"],
)
def test_what_is_no_toml_is_an_error(text: str, place: str) -> None:
    """A text that can't be read is our error, with its place where there is one."""
    with pytest.raises(InputError) as caught:
        layer(text, "t.toml")

    assert str(caught.value.file).startswith(place)


def test_settings_that_are_no_table_are_an_error() -> None:
    """`tool.jfml-policies` must be a table; a file without it holds no settings."""
    with pytest.raises(InputError, match="must be a table"):
        layer("[tool]\njfml-policies = 3", "pyproject.toml")
    assert layer("[tool.other]\nx = 1", "pyproject.toml").table is None


def test_the_nearest_file_decides_and_facts_add_up() -> None:
    """Of files that extend each other the nearest one's choices count, facts and exceptions of all do."""
    found = read(
        'select = ["trust"]\ntrusted-accounts = ["111122223333"]\n[kinds]\na = "trust"\n'
        "[rules.guessable-external-id]\nleast-characters = 9",
        'select = ["size"]\nignore = ["meaning"]\nfail-on = "error"\ntrusted-accounts = ["444455556666"]\n[kinds]\n'
        'a = "scp"\nb = "rcp"\n[rules.guessable-external-id]\nleast-characters = 3\nguessable = ["acme"]',
    )

    assert (("trust",), ("meaning",), "error") == (found.select, found.ignore, found.fail_on)
    assert {"111122223333", "444455556666"} == found.rules.trusted_accounts
    assert ("trust", "rcp") == tuple(kind.kind for name in "ab" if (kind := found.kind_of(f"/repo/{name}")) is not None)
    assert [9, ("acme",)] == [
        found.rules.options["GUESSABLE_EXTERNAL_ID", name] for name in ("least-characters", "guessable")
    ]
    assert ("0.toml", "1.toml") == found.files


class TeamRule(Rule):
    """Reports nothing."""

    code = "TEAM_RULE"
    severity = "warning"
    kinds = frozenset(("trust",))


def test_names_of_own_rules_are_good_names() -> None:
    """Rules of one's own may be ignored and suppressed, by whatever file, like ours."""
    texts = (
        'rules-from = ["acme"]',
        (
            'ignore = ["team-rule"]\nextend-select = ["custom"]\n[[suppressions]]\nrule = "TEAM_RULE"\nfile = "*"\n'
            'reason = "r"'
        ),
    )

    found = read_configuration([layer(text) for text in texts], lambda _: (TeamRule,))

    assert (TeamRule,) == found.rules.rules
    assert ("TEAM_RULE",) == tuple(one.code for one in found.suppressions)


def test_modules_that_fail_are_told_at_their_place() -> None:
    """What a module can't give is wrong with the settings that name it."""

    def fail(_: str) -> tuple[type[Rule], ...]:
        raise UsageError("no such module", hint="install it")

    with pytest.raises(ConfigurationError) as caught:
        read_configuration([layer('rules-from = ["acme"]\nx = 1')], fail)

    assert ["jfml-policies.toml:1:15: no such module", "jfml-policies.toml:2:1: there is no setting `x`"] == [
        str(problem) for problem in caught.value.problems
    ]


ANY = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5), st.dates()),
    lambda inner: st.one_of(
        st.lists(inner, max_size=2),
        st.dictionaries(
            st.sampled_from(["rule", "file", "reason", "kind", "account", "public-role", "guessable-external-id", "x"]),
            inner,
            max_size=3,
        ),
    ),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from([*READ_FIRST, *SETTINGS, *TABLES_OF_THEIR_OWN, "x"]), ANY, max_size=4))
def test_whatever_stands_there_the_answer_is_settings_or_our_error(table: dict[str, object]) -> None:
    """No value of any type makes reading fail in another way."""
    odd = Layer("a.toml", "/repo", "", (), table)

    with contextlib.suppress(ConfigurationError):
        assert isinstance(read_configuration([odd]), Configuration)
