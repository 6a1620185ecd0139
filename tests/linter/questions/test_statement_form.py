from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from jfml_policies.linter.questions.statement_form import statement_form
from jfml_policies.policy.parse import parse_document

_texts = st.lists(st.sampled_from(["s3:Get*", "s3:PutObject", "sqs:*"]), min_size=1, max_size=3)
_conditions = st.dictionaries(
    st.sampled_from(["StringEquals", "StringLike"]),
    st.dictionaries(st.sampled_from(["aws:PrincipalTag/a", "s3:prefix"]), st.lists(st.sampled_from("ab")), max_size=2),
    max_size=2,
)
_statements = st.fixed_dictionaries(
    {"Effect": st.sampled_from(["Allow", "Deny"]), "Action": _texts, "Resource": _texts},
    optional={"Condition": _conditions},
)


def _form(statement: dict[str, Any]) -> object:
    return statement_form(parse_document({"Statement": [statement]}).statements[0])


def _rewritten(statement: dict[str, Any]) -> dict[str, Any]:
    """The same statement, everything in reverse, lists of one bare, names in other letter case."""
    result: dict[str, Any] = {"Sid": "Other"}
    for name, value in reversed(statement.items()):
        if name == "Condition":
            result[name] = {
                operator: {key.upper(): [*values[::-1], *values[:1]] for key, values in reversed(block.items())}
                for operator, block in reversed(value.items())
            }
        elif isinstance(value, list):
            texts = [text.upper() if name == "Action" else text for text in value[::-1]]
            result[name] = texts[0] if len(texts) == 1 else texts
        else:
            result[name] = value
    return result


@given(_statements)
def test_what_has_no_meaning_does_not_change_the_form(statement: dict[str, Any]) -> None:
    """Sid, order, repetition, bare values and letter case of names leave the form as it is."""
    assert _form(_rewritten(statement)) == _form(statement)


@given(_statements, _statements)
def test_equal_forms_have_equal_content(one: dict[str, Any], two: dict[str, Any]) -> None:
    """Statements of one form have the same effect and, as sets, the same actions, resources and conditions."""

    def content(statement: dict[str, Any]) -> object:
        blocks = statement.get("Condition")
        conditions = None if blocks is None else {o: {k: set(v) for k, v in b.items()} for o, b in blocks.items()}
        return statement["Effect"], set(statement["Action"]), set(statement["Resource"]), conditions

    assert (_form(one) == _form(two)) == (content(one) == content(two))


def test_a_statement_that_aws_refuses_has_no_form() -> None:
    """Without a right effect, without actions or with an unknown element nothing is certain."""
    statement = {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}

    assert _form(statement) is not None
    for broken in ({"Effect": "allow"}, {"Action": None}, {"Comment": "x"}):
        assert _form({**statement, **broken}) is None
