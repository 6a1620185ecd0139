"""Condition blocks in settings, written as in a policy: operator, key, values."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from jfml_policies.linter.configuration.shapes import BAD, Shape
from jfml_policies.linter.questions.near_operator import near_operator
from jfml_policies.policy.operators import parse_operator

if TYPE_CHECKING:
    from jfml_policies.linter.configuration.layers import Spot

__all__ = ["Conditions"]

_EXAMPLE: Final = 'write it as in a policy: {StringEquals = {"aws:SourceVpce" = ["vpce-1"]}}'
_MOST_BLOCKS: Final = 20
_MOST_VALUES: Final = 1_000
_VALUE: Final = {"anyOf": [{"type": "string"}, {"type": "boolean"}, {"type": "number"}]}


class Conditions(Shape):
    """A condition block, or a list of blocks one of which is enough; read as JSON texts."""

    expected = "a condition or a list of conditions"

    def read(self, value: Any, at: Spot) -> Any:
        """The blocks."""
        if isinstance(value, dict):
            found = self._block(value, at)
            return BAD if found is BAD else (found,)
        if not isinstance(value, list):
            return self.wrong_type(value, at)
        if not 0 < len(value) <= _MOST_BLOCKS:
            at.wrong(f"`{at.name}` must hold 1 to {_MOST_BLOCKS} conditions")
            return BAD
        blocks = [self._block(one, at / index) for index, one in enumerate(value)]
        return BAD if BAD in blocks else tuple(blocks)

    def schema(self) -> dict[str, Any]:
        """An object of objects, or an array of such."""
        values = {"anyOf": [*_VALUE["anyOf"], {"type": "array", "items": _VALUE, "minItems": 1}]}
        tests = {"type": "object", "additionalProperties": values, "minProperties": 1}
        block = {"type": "object", "additionalProperties": tests, "minProperties": 1}
        return {"anyOf": [block, {"type": "array", "items": block, "minItems": 1, "maxItems": _MOST_BLOCKS}]}

    def _block(self, value: Any, at: Spot) -> Any:
        if not isinstance(value, dict) or not value:
            at.wrong(f"`{at.name}` must be a condition", _EXAMPLE)
            return BAD
        block: dict[str, dict[str, list[str]]] = {}
        for operator, tests in value.items():
            if not _is_operator(operator, at / operator):
                continue
            if not isinstance(tests, dict) or not tests:
                (at / operator).wrong(f"`{operator:.100}` must hold keys with values", _EXAMPLE)
                continue
            for key, values in tests.items():
                texts = _texts(values, at / operator / key)
                if texts is not None:
                    block.setdefault(operator, {})[key] = texts
        if sum(map(len, block.values())) < sum(len(one) if isinstance(one, dict) else 1 for one in value.values()):
            return BAD
        return json.dumps(block) if _means_something(block, at) else BAD


def _is_operator(name: str, at: Spot) -> bool:
    operator = parse_operator(name)
    if operator is not None and not (operator.family == "Null" and operator.if_exists):
        return True
    near = near_operator(name)
    at.wrong(f"`{name:.100}` is not a condition operator", f"did you mean `{near}`?" if near else _EXAMPLE)
    return False


def _texts(value: Any, at: Spot) -> list[str] | None:
    values = value if isinstance(value, list) else [value]
    if not 0 < len(values) <= _MOST_VALUES or not all(isinstance(one, (str, bool, int, float)) for one in values):
        at.wrong(f"`{at.name:.100}` must be a text, a number, true, false, or a list of 1 to 1,000 of these")
        return None
    return [one if isinstance(one, str) else json.dumps(one) for one in values]


def _means_something(block: dict[str, dict[str, list[str]]], at: Spot) -> bool:
    """Whether AWS would take the block; a value may not fit its operator."""
    from jfml_policies.access.validity import invalid_reason
    from jfml_policies.policy.parse import parse_document

    statement = {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": block}
    fault = invalid_reason(parse_document({"Version": "2012-10-17", "Statement": statement}, kind="identity"))
    if fault is not None:
        at.wrong(f"AWS would refuse this condition: {fault[0]}")
    return fault is None
