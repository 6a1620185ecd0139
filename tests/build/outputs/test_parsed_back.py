"""Every format, read by a parser of its language, gives back the documents that were written."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import hcl2
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

import jfml_policies as jp
from jfml_policies.build import RoleDocuments, jfrog_ml
from jfml_policies.build.outputs.formats import FORMATS

#: What means something to one of the languages, or ends what it stands in. Braces are closed again, because python-hcl2
#: reads an escaped interpolation only as a whole; `test_hcl.py` has those that stay open.
_NASTY = [
    *("${a}", "$${a}", "$$${a}", "%{a}", "%%{a}", "}", "${aws:username}", "%{ if true }"),
    *('"', "\\", "'", "`", "$(touch pwned)", "`touch pwned`", ";", "|", "\n", "\r\n", "\t", "\nPOLICY\n", "POLICY"),
    *(": ", " #", "- ", "? ", "*", "&a", "!Ref x", "yes", "null", "~", "0o17", "1e3", "2012-10-17", "//", "/*"),
    *("é", "\x7f", "\x85", "\xa0", "\x00", "\x1b[31m"),
]
#: What data sources and templates cannot hold, while the text of a policy can.
_ESCAPED_ONLY = ["&{", "{{resolve:ssm:x}}", "\u2028", "e\u0301", "\u202e", "日", "\U0001f600", "\ufeff"]
_ANY_TEXT = frozenset({"terraform-json", "aws-cli"})
_ROLE_NAMES = st.none() | st.text("abcXYZ019_+=,.@-", min_size=1, max_size=64)


@st.composite
def hostile_roles(draw: st.DrawFn, *, any_text: bool) -> RoleDocuments:
    """Roles whose policies hold hostile text anywhere; IAM would refuse most of them."""
    signs = st.characters(exclude_categories=["Cs"], exclude_characters="{", max_codepoint=None if any_text else 0xFF)
    pieces = st.sampled_from([*_NASTY, *_ESCAPED_ONLY] if any_text else _NASTY) | st.text(signs, max_size=4)
    texts = st.lists(pieces, max_size=5).map("".join)
    values = texts | st.lists(texts, min_size=1, max_size=3)
    tests = st.dictionaries(texts, values, min_size=1, max_size=2)
    conditions = st.dictionaries(st.sampled_from(["StringLike", "StringEquals"]), tests, min_size=1)
    principals = st.just("*") | st.dictionaries(st.sampled_from(["AWS", "Service", "Federated"]), values, min_size=1)

    def documents(**scope: Any) -> st.SearchStrategy[dict[str, Any]]:
        required = {"Effect": st.sampled_from(["Allow", "Deny"]), "Action": values, **scope}
        statements = st.fixed_dictionaries(required, optional={"Sid": texts, "Condition": conditions})
        listed = st.lists(statements, min_size=1, max_size=2)
        return st.fixed_dictionaries({"Version": st.just("2012-10-17"), "Statement": listed})

    permissions = draw(st.lists(documents(Resource=values), min_size=1, max_size=2))
    return RoleDocuments(draw(_ROLE_NAMES), draw(documents(Principal=principals)), tuple(permissions))


def read_terraform(text: str) -> tuple[str | None, dict[str, Any], list[dict[str, Any]]]:
    """The role's name, trust policy, and permissions policies that the configuration stands for."""
    tree = hcl2.loads(text)
    sources = {
        f"${{data.aws_iam_policy_document.{_string(name)}.json}}": _document(block)
        for data in tree.get("data", [])
        for name, block in data['"aws_iam_policy_document"'].items()
    }

    def policy(written: str) -> dict[str, Any]:
        if written in sources:
            return sources[written]
        # The parser hands a heredoc over as it stands, between quotes of its own.
        _, *lines, _ = written[1:-1].split("\n")
        return dict(json.loads(_template("\n".join(lines))))

    by_type: dict[str, list[dict[str, Any]]] = {}
    for resource in tree["resource"]:
        for kind, named in resource.items():
            by_type.setdefault(_string(kind), []).extend(named.values())
    (role,) = by_type["aws_iam_role"]
    assert len(by_type["aws_iam_policy"]) == len(by_type["aws_iam_role_policy_attachment"])
    name = _string(role["name"]) if "name" in role else None
    return name, policy(role["assume_role_policy"]), [policy(each["policy"]) for each in by_type["aws_iam_policy"]]


def _string(token: str) -> str:
    """What a quoted string of HCL stands for; of its escapes, JSON shares all that the outputs use."""
    return _template(str(json.loads(token)))


def _template(text: str) -> str:
    """A template that holds no interpolation, as the text it stands for."""
    for sign in "$%":
        # An interpolation is a sign and a brace that no further sign stands before.
        parts = text.split(sign + "{")
        assert all(part.endswith(sign) for part in parts[:-1])
        text = (sign + "{").join([*(part[:-1] for part in parts[:-1]), parts[-1]])
    return text


def _document(block: dict[str, Any]) -> dict[str, Any]:
    """The document that the provider makes of a data source."""
    statements: list[dict[str, Any]] = []
    for written in block["statement"]:
        statement: dict[str, Any] = {"Effect": _string(written["effect"])}
        if "sid" in written:
            statement["Sid"] = _string(written["sid"])
        for argument, element in (("actions", "Action"), ("resources", "Resource")):
            if argument in written:
                statement[element] = [_string(item).replace("&{", "${") for item in written[argument]]
        for principal in written.get("principals", []):
            kind, values = _string(principal["type"]), [_string(item) for item in principal["identifiers"]]
            if kind == "*":
                statement["Principal"] = "*"
            else:
                statement.setdefault("Principal", {})[kind] = values
        for condition in written.get("condition", []):
            tests = statement.setdefault("Condition", {}).setdefault(_string(condition["test"]), {})
            tests[_string(condition["variable"])] = [_string(item).replace("&{", "${") for item in condition["values"]]
        statements.append(statement)
    return {"Version": "2012-10-17", "Statement": statements}


def read_cloudformation(text: str) -> tuple[str | None, dict[str, Any], list[dict[str, Any]]]:
    """The same of a template; YAML is a superset of the JSON that is written here."""
    resources = yaml.safe_load(text)["Resources"]
    role = resources.pop("Role")["Properties"]
    policies = [resource["Properties"] for resource in resources.values()]
    assert all(policy["Roles"] == [{"Ref": "Role"}] for policy in policies)
    return role.get("RoleName"), role["AssumeRolePolicyDocument"], [policy["PolicyDocument"] for policy in policies]


def read_aws_cli(text: str) -> tuple[str | None, dict[str, Any], list[dict[str, Any]]]:
    """The same of a script: what a shell would hand to `aws`."""
    calls = [_arguments(call) for call in _run(text)]
    assert calls[0]["verb"] == "create-role"
    created, attached = calls[1::2], calls[2::2]
    assert {"create-policy"} == {call["verb"] for call in created}
    assert {("attach-role-policy", "the-arn", calls[0]["role-name"])} == {
        (call["verb"], call["policy-arn"], call["role-name"]) for call in attached
    }
    policies = [json.loads(call["policy-document"]) for call in created]
    return calls[0]["role-name"], json.loads(calls[0]["assume-role-policy-document"]), policies


#: The words of each call go to standard error, because a call's standard output is taken by the script.
_FAKE_AWS = """
aws() {
  printf '%s\\0' "$@" end >&2
  if [ "$2" = create-policy ]; then echo the-arn; fi
}
"""


def _run(script: str) -> list[list[str]]:
    """The words of each call of `aws`, which a function replaces."""
    command = ["/bin/sh", "-c", f"{_FAKE_AWS}\n{script}", "sh", "given-name"]
    done = subprocess.run(command, check=True, capture_output=True, timeout=20)
    assert done.stdout == b""
    words = done.stderr.decode().split("\0")[:-1]
    found: list[list[str]] = [[]]
    for word in words:
        if word == "end":
            found.append([])
        else:
            found[-1].append(word)
    return found[:-1]


def _arguments(words: list[str]) -> dict[str, str]:
    assert words[0] == "iam"
    options = dict(word.removeprefix("--").split("=", 1) for word in words[2:])
    return {"verb": words[1], **options}


Reader = Callable[[str], tuple[str | None, dict[str, Any], list[dict[str, Any]]]]
READERS: dict[str, Reader] = {
    "terraform": read_terraform,
    "terraform-json": read_terraform,
    "cloudformation": read_cloudformation,
    "cloudformation-json": read_cloudformation,
    "aws-cli": read_aws_cli,
}


def test_every_format_is_read_back() -> None:
    """None of them is forgotten here."""
    assert set(FORMATS) == set(READERS)


def as_lists(document: dict[str, Any]) -> dict[str, Any]:
    """The document with every single value as a list of one, which says the same."""
    statements: list[dict[str, Any]] = []
    for statement in document["Statement"]:
        written = {name: value for name, value in statement.items() if name not in {"Principal", "Condition"}}
        for name in {"Action", "Resource"} & set(statement):
            written[name] = _listed(statement[name])
        if "Principal" in statement:
            who = statement["Principal"]
            written["Principal"] = who if who == "*" else {kind: _listed(values) for kind, values in who.items()}
        if "Condition" in statement:
            written["Condition"] = {
                operator: {key: _listed(values) for key, values in tests.items()}
                for operator, tests in statement["Condition"].items()
            }
        statements.append(written)
    return {**document, "Statement": statements}


def _listed(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


@pytest.mark.parametrize("name", sorted(FORMATS))
@given(data=st.data())
@settings(max_examples=25)
def test_any_text_is_itself(name: str, data: st.DataObject) -> None:
    """No text ends what it stands in, is replaced or run: the documents come back as they were."""
    role = data.draw(hostile_roles(any_text=name in _ANY_TEXT))
    text = FORMATS[name].write(role)
    read_name, trust, permissions = READERS[name](text)

    assert [as_lists(each) for each in (role.trust, *role.permissions)] == [
        as_lists(each) for each in (trust, *permissions)
    ]
    assert role.name == read_name or (role.name is None and read_name == "given-name")


_FOLDERS = st.text("abcXYZ019 -_.'\"$%&#:;`()!~\\é", min_size=1, max_size=20).map(lambda text: f"a{text}a/")
_KEY = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"


@pytest.mark.parametrize("name", sorted(FORMATS))
@given(
    prefix=st.none() | _FOLDERS,
    write_prefix=st.none() | _FOLDERS,
    kms_keys=st.sampled_from([(), (_KEY,)]),
    own_account=st.none() | st.just("111122223333"),
    strict_prefix=st.booleans(),
)
@settings(max_examples=6)
def test_each_format_allows_what_the_role_allows(name: str, **parameters: Any) -> None:
    """Compared by meaning, for any valid parameters."""
    role = jfrog_ml.role(bucket="acme-features", write_bucket="acme-scores", role_name="reader", **parameters)
    _, trust, (permissions,) = READERS[name](FORMATS[name].write(role.documents))

    assert "equivalent" == jp.compare(role.trust, trust, kind="trust").relation
    assert "equivalent" == jp.compare(role.permissions, permissions, kind="identity").relation


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_each_format_holds_every_policy_of_a_role_that_is_split(name: str) -> None:
    """Read back they are as many, in order, and allow together what the role allows."""
    keys = [f"{_KEY[:-4]}{number:04}" for number in range(100)]
    role = jfrog_ml.role(
        bucket="acme-features", kms_keys=keys[:50], write_bucket="acme-scores", write_kms_keys=keys[50:]
    )
    _, _, policies = READERS[name](FORMATS[name].write(role.documents))
    statements = [
        {**one, "Sid": f"S{n}"} for n, one in enumerate(one for each in policies for one in each["Statement"])
    ]
    together = {**policies[0], "Statement": statements}

    assert len(role.split_json) == len(policies) > 1
    for own, read in zip(role.permission_documents, policies, strict=True):
        assert "equivalent" == jp.compare(own, read, kind="identity").relation
    assert "equivalent" == jp.compare(role.permissions, together, kind="identity").relation


def test_the_readers_see_what_a_shell_would_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A script that lets its text out makes the file that the hostile texts try to make."""
    monkeypatch.chdir(tmp_path)
    subprocess.run(["/bin/sh", "-c", "touch pwned"], check=True)
    assert (tmp_path / "pwned").exists()

    (tmp_path / "pwned").unlink()
    statement = {
        "Effect": "Allow",
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::b/$(touch pwned)`touch pwned`'\"\nPOLICY\n",
    }
    document = {"Version": "2012-10-17", "Statement": [statement]}
    read_aws_cli(FORMATS["aws-cli"].write(RoleDocuments("reader", document, (document,))))

    assert [] == list(tmp_path.iterdir())
