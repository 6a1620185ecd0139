from __future__ import annotations

import re
import tomllib
from pathlib import Path

import jsonschema
import pytest

from jfml_policies.errors import ConfigurationError
from jfml_policies.linter.configuration import Configuration, read_configuration, read_layer
from jfml_policies.linter.configuration.schema import configuration_schema
from jfml_policies.linter.option import strings
from jfml_policies.linter.registry import all_rules
from jfml_policies.linter.rule import Rule

SCHEMA = configuration_schema()
SOUND = [
    "",
    'select = ["trust"]\nfail-on = "error"\nexclude = ["x"]',
    '[kinds]\n"a/**" = "scp"\n"b" = {kind = "resource", resource-type = "AWS::S3::Bucket"}',
    '[[suppressions]]\nrule = "public-role"\nfile = "a"\nreason = "r"\nuntil = "2027-01-31"\npointer = "/Statement/0"',
    '[[vendor-accounts]]\naccount = "111122223333"\nname = "Acme"\nexternal-id = "not offered"\nroles = ["role/x"]',
    "[rules.guessable-external-id]\nleast-characters = 8",
    '[per-file-ignores]\n"a" = ["meaning"]',
]
WRONG = [
    "slect = []",
    'fail-on = "eror"',
    "trusted-accounts = [1]",
    'trusted-accounts = ["1"]',
    '[kinds]\n"a" = "trst"',
    '[kinds]\n"a" = {resource-type = "AWS::S3::Bucket"}',
    '[[suppressions]]\nrule = "public-role"\nfile = "a"',
    '[[suppressions]]\nrule = "public-role"\nfile = "a"\nreason = "r"\npointer = "x"',
    "[rules.guessable-external-id]\nleast-characters = 1",
    "[rules.guessable-external-id]\nleast = 1",
]


@pytest.mark.parametrize("text", SOUND, ids=range(len(SOUND)))
def test_what_is_read_is_valid(text: str) -> None:
    """The schema takes what the program takes."""
    read_configuration([read_layer(text, file="a.toml", folder="/", is_pyproject=False)])

    jsonschema.validate(tomllib.loads(text), SCHEMA)


@pytest.mark.parametrize("text", WRONG, ids=range(len(WRONG)))
def test_what_is_refused_is_not_valid(text: str) -> None:
    """An editor shows what the program would refuse."""
    with pytest.raises(ConfigurationError):
        read_configuration([read_layer(text, file="a.toml", folder="/", is_pyproject=False)])
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(tomllib.loads(text), SCHEMA)


PAGE = (Path(__file__).parents[3] / "docs" / "configuration.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```toml\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


class RetiredService(Rule):
    """Stands for the rule of the page."""

    code = "ACTION_OF_RETIRED_SERVICE"
    severity = "warning"
    options = (strings("services", meaning="services"),)


@pytest.mark.parametrize("text", EXAMPLES, ids=range(len(EXAMPLES)))
def test_the_examples_of_the_page_are_sound(text: str) -> None:
    """Whoever copies from the page gets settings that work."""
    layer = read_layer(text, file="a.toml", folder="/", is_pyproject=False)

    assert read_configuration([layer], lambda _: (RetiredService,)) != Configuration(files=("a.toml",))


def test_the_page_tells_every_setting() -> None:
    """docs/configuration.md has a word on each setting and each option."""
    for name in SCHEMA["properties"]:
        assert f"`{name}`" in PAGE
    for rule in all_rules():
        for option in rule.options:
            assert f"`{rule.name()}` | `{option.name}`" in PAGE
