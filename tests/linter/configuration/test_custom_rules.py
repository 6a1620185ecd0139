"""Rules without code in settings: what is read, and all that is wrong with them."""

from __future__ import annotations

import tomllib

import jsonschema
import pytest

from jfml_policies.errors import ConfigurationError
from jfml_policies.linter.configuration import Configuration, read_configuration, read_layer
from jfml_policies.linter.configuration.schema import configuration_schema

SCHEMA = configuration_schema()
START = '[[custom-rules]]\ncode = "org-x"\nmessage = "m"\n'
FORBIDDEN = START + 'kind = "forbidden-access"\n'
TRUST = START + 'kind = "allowed-principals"\n'
TAGS = START + 'kind = "required-tags"\n'
CONDITION = START + 'kind = "required-condition"\nactions = ["s3:*"]\n'


def read(*texts: str) -> Configuration:
    return read_configuration(
        [read_layer(text, file=f"{number}.toml", folder="/", is_pyproject=False) for number, text in enumerate(texts)]
    )


def problems_of(*texts: str) -> list[str]:
    with pytest.raises(ConfigurationError) as caught:
        read(*texts)
    return [f"{problem.file}: {problem.message} ({problem.hint})" for problem in caught.value.problems]


@pytest.mark.parametrize(
    "text",
    [
        FORBIDDEN + 'actions = ["iam:CreateUser", "*"]',
        FORBIDDEN + 'resources = ["arn:aws:s3:::b/*"]\nunless = {Bool = {"aws:SecureTransport" = true}}',
        FORBIDDEN + 'actions = ["s3:*"]\nkinds = ["scp"]\nurl = "https://wiki.example.com/x?y#z"\nseverity = "error"',
        CONDITION + 'condition = [{Null = {"aws:SourceVpce" = false}}, {NumericLessThan = {"s3:max-keys" = 10}}]',
        TAGS + 'request-tags = {team = [], stage = ["dev", "prod"], owner = "ops"}\nresource-tags = {team = "a"}',
        TRUST + 'principals = ["111122223333", "*.amazonaws.com", "arn:aws:iam::*:role/ci-*"]',
        TRUST + 'organization-ids = ["o-a1b2c3d4e5"]\nactions = ["sts:AssumeRole"]',
    ],
    ids=range(7),
)
def test_what_is_read_is_valid(text: str) -> None:
    """The schema takes what the program takes, and each table is a rule."""
    (rule,) = read(text).rules.rules

    assert ("ORG_X", "custom") == (rule.code, rule.family())
    jsonschema.validate(tomllib.loads(text), SCHEMA)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[[custom-rules]]\ncod = 'x'", "1:3: `code` is missing: the rule's name, which no other rule has (None)"),
        ("[[custom-rules]]\ncod = 'x'", "2:1: there is no setting `cod` here (did you mean `code`?)"),
        (START + "kind = 'forbiden-access'", "4:1: `forbiden-access` is not one of required-condition,"),
        (FORBIDDEN.replace("org-x", "Org X") + "actions = ['s3:*']", "2:1: `Org X` is not a name of small letters"),
        (
            FORBIDDEN.replace("org-x", "invalid-action") + "actions = ['s3:*']",
            "2:1: `invalid-action` is the name of a rule of ours (an own prefix tells them apart, as in `acme-...`)",
        ),
        (FORBIDDEN.replace("org-x", "trust") + "actions = ['s3:*']", "2:1: `trust` is the name of a family of rules"),
        (FORBIDDEN, "1:3: neither `actions` nor `resources` says anything (one of both must be there"),
        (
            FORBIDDEN + "actions = ['s3:GetObjct']",
            "5:12: `s3:GetObjct` is no action that is known (did you mean `s3:Ge",
        ),
        (FORBIDDEN + "actions = ['s3']", "5:12: `s3` is not an action such as `s3:GetObject` or `s3:Get*` (None)"),
        (FORBIDDEN + "actions = 's3:*'", "5:1: `actions` must be a list of patterns of actions, not a text (None)"),
        (FORBIDDEN + "resources = ['bucket']", "5:14: `bucket` is not a pattern of ARNs such as"),
        (FORBIDDEN + "resources = ['arn:aws:s3:::${aws:username}']", "5:14: `arn:aws:s3:::${aws:username}` is not a"),
        (FORBIDDEN + "actions = ['s3:*']\nkinds = ['identiy']", "6:10: `identiy` is not one of identity,"),
        (
            FORBIDDEN + "resources = ['arn:aws:s3:::b']\nkinds = ['identity', 'trust']",
            "6:22: no role trust policy names resources (None)",
        ),
        (FORBIDDEN + "actions = ['s3:*']\ncondition = {}", "6:1: there is no setting `condition` here"),
        (FORBIDDEN + "actions = ['s3:*']\nurl = 'wiki'", "6:1: `wiki` is not an address that begins with `https://` ("),
        (FORBIDDEN.replace('"m"', '"""a\nb"""') + "actions = ['s3:*']", "3:1: `a\nb` is not one line of text (None)"),
        (CONDITION, "1:3: `condition` is missing: what must be demanded of each request"),
        (CONDITION + "condition = 3", "6:1: `condition` must be a condition or a list of conditions, not a whole"),
        (CONDITION + "condition = {}", "6:1: `condition` must be a condition (write it as in a policy: {StringEquals"),
        (CONDITION + "condition = []", "6:1: `condition` must hold 1 to 20 conditions (None)"),
        (
            CONDITION + "condition = {StringEqual = {a = 'b'}}",
            "6:14: `StringEqual` is not a condition operator (did you mean `StringEquals`?)",
        ),
        (CONDITION + "condition = {StringEquals = 'b'}", "6:14: `StringEquals` must hold keys with values (write it"),
        (CONDITION + "condition = {StringEquals = {'a:b' = []}}", "6:30: `a:b` must be a text, a number, true, false,"),
        (
            CONDITION + "condition = {NumericLessThan = {'s3:max-keys' = 'x'}}",
            "6:1: AWS would refuse this condition: `x` under `NumericLessThan` is not a number (None)",
        ),
        (TAGS, "1:3: neither `request-tags` nor `resource-tags` says anything"),
        (TAGS + "request-tags = {}", "5:1: `request-tags` must hold 1 to 50 names (None)"),
        (TAGS + "request-tags = {team = [3]}", "5:25: `team` must be a text, not a whole number (None)"),
        (TRUST, "1:3: neither `principals` nor `organization-ids` says anything"),
        (TRUST + "principals = ['me']", "5:15: `me` is not an account id, an ARN, a service or an identity provider ("),
        (TRUST + "principals = ['*']", "5:15: `*` is not an account id, an ARN,"),
        (
            TRUST + "principals = ['111122223333']\nkinds = ['identity']",
            "6:10: no identity policy names principals (None)",
        ),
        ("custom-rules = [3]", "1:17: `custom-rules` must be a list of tables (write each under `[[custom-rules]]`)"),
    ],
    ids=range(33),
)
def test_what_is_wrong_is_told_with_its_place(text: str, expected: str) -> None:
    """Each mistake has its line, its column and, where there is one, a remedy."""
    found = problems_of(text)

    assert any(problem.startswith(f"0.toml:{expected}") for problem in found), found


def test_all_that_is_wrong_is_told_at_once() -> None:
    """Mistakes of all tables and of other settings come together."""
    found = problems_of(
        FORBIDDEN + 'actions = ["s3:GetObjct"]\nurll = 1\n' + TRUST.replace("org-x", "org-y") + "kinds = 3"
    )

    assert ["0.toml:5:12", "0.toml:6:1", "0.toml:11:1"] == [problem.split(": ")[0] for problem in found]


def test_names_are_taken_once() -> None:
    """Two tables of one name are an error, in one file and in files that extend each other; other names add up."""
    one = FORBIDDEN + 'actions = ["iam:CreateUser"]\n'
    other = one.replace("org-x", "org-y")

    assert ["0.toml:7:1: there is another rule `org-x` (None)"] == problems_of(one + one)
    assert ["1.toml:2:1: there is another rule `org-x` (None)"] == problems_of(one, one)
    assert ["ORG_X", "ORG_Y"] == [rule.code for rule in read(one, other).rules.rules]


def test_other_settings_may_name_them() -> None:
    """They are selected, ignored and suppressed like others; a misspelt name is told."""
    one = FORBIDDEN + 'actions = ["iam:CreateUser"]\n'
    found = read(
        'select = ["org-x"]\nextend-ignore = ["custom"]\nper-file-ignores = {"a" = ["org-x"]}\n' + one,
        'suppressions = [{rule = "org-x", file = "a", reason = "r"}]',
    )

    assert ("ORG_X",) == tuple(suppression.code for suppression in found.suppressions)
    assert ["0.toml:1:11: there is no rule `org-z` (did you mean `org-x`?)"] == problems_of(
        f'select = ["org-z"]\n{one}'
    )


def test_they_count_where_no_module_is_imported() -> None:
    """An editor that leaves rules with code alone has those without, and takes their names for theirs."""
    text = (
        'rules-from = ["acme_rules"]\nselect = ["org-x", "with-code"]\n' + FORBIDDEN + 'actions = ["iam:CreateUser"]\n'
    )
    layer = read_layer(text, file="0.toml", folder="/", is_pyproject=False)

    (rule,) = [one for one in read_configuration([layer], None).rules.rules if one.code == "ORG_X"]

    assert rule.summary() == "m."


def test_an_entry_that_is_wrong_is_told_once() -> None:
    """A rule whose only action is misspelt does not lack actions as well."""
    (problem,) = problems_of(FORBIDDEN + "actions = ['s3:GetObjct']")

    assert "is no action that is known" in problem
