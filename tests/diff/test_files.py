"""Two versions of a file, whatever it is."""

from __future__ import annotations

import pytest

from jfml_policies.diff.files import compare_files
from jfml_policies.diff.sides import Side
from jfml_policies.errors import InputError, JsonSyntaxError

POLICY = '{"Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}'
YAML = "Statement:\n  - {Effect: Allow, Action: s3:GetObject, Resource: '*'}\n"
TEMPLATE = f"""\
Resources:
  Reader:
    Type: AWS::IAM::Policy
    Properties: {{PolicyName: r, PolicyDocument: {POLICY}}}
"""
MANIFEST = f"kind: ConfigMap\ndata:\n  policy.json: |\n    {POLICY}\n"
CHART = "kind: {{ .Values.kind }}\n{{- if .Values.policy }}\nStatement: {{ .Values.policy }}\n{{- end }}\n"
BROKEN = YAML.replace("}", "")


@pytest.mark.parametrize(
    ("name", "text"),
    [("a.json", POLICY), ("a.yaml", YAML), ("a.yml", TEMPLATE), ("a.template", TEMPLATE)],
    ids=["policy", "policy in YAML", "template", "template by its text"],
)
def test_policies_are_compared_in_whatever_file(name: str, text: str) -> None:
    """Access that is added is found in each form, for new files, too; what went with a file is no new access."""
    before, after = Side(f"HEAD:{name}", text), Side(name, text.replace("s3:GetObject", "s3:*"))

    for pair, relation in (
        ((before, after), "wider"),
        ((after, before), "narrower"),
        ((before._replace(text=None), after), "wider"),
        ((before, after._replace(text=None)), "narrower"),
    ):
        found = compare_files(*pair)

        assert found is not None
        assert [relation] == [one.relation for one in found]


@pytest.mark.parametrize("text", [MANIFEST, CHART, BROKEN, "a: 1\n---\nStatement: 2\n"], ids=range(4))
def test_other_files_in_yaml_are_passed_over(text: str) -> None:
    """Whatever they say of statements."""
    assert compare_files(Side("HEAD:a.yaml", text), Side("a.yaml", text + "# more\n")) is None
    assert compare_files(Side("HEAD:a.yaml", None), Side("a.yaml", text)) is None
    assert compare_files(Side("HEAD:a.yaml", text), Side("package.json", '{"a": 1}')) is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (Side("HEAD:a.yaml", YAML), Side("a.yaml", BROKEN)),
        (Side("HEAD:a.yaml", MANIFEST), Side("a.yaml", TEMPLATE)),
        (Side("HEAD:a.yaml", MANIFEST), Side("a.json", POLICY)),
        (Side("HEAD:a.json", POLICY), Side("a.yaml", YAML)),
    ],
    ids=["broken now", "another file before", "JSON now", "YAML now"],
)
def test_what_one_version_holds_is_not_passed_over(old: Side, new: Side) -> None:
    """When one version holds policies, and what the other holds is not known, that is an error."""
    with pytest.raises(InputError, match=rf"^{new.name}: only one version of it is known to hold policies"):
        compare_files(old, new)


def test_a_broken_policy_is_told_with_its_place() -> None:
    """As in every other comparison."""
    with pytest.raises(JsonSyntaxError, match=r"^a\.json:1:"):
        compare_files(Side("HEAD:a.json", POLICY), Side("a.json", POLICY[:-3]))
