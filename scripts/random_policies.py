"""Random policy pairs and requests from a small vocabulary in which everything collides, for long runs.

Plain `random` draws hundreds of times faster than a strategy; what it finds is made small by `smaller` documents.
"""

from __future__ import annotations

import copy
import re
from typing import TYPE_CHECKING, Any, Final

from jfml_policies.access.request import Request

if TYPE_CHECKING:
    from random import Random

__all__ = ["challenge", "random_pair", "smaller"]

_ACTIONS: Final = (
    "s3:GetObject",
    "s3:GetObject",
    "s3:getobjectacl",
    "s3:PutObject",
    "sqs:SendMessage",
    "s3:Get*",
    "s3:*",
    "*",
    "s3:Get?bject",
    "s3:*Object",
    "x:Y",
    "x:*",
    "s3:P*t",
    "*:*",
)
_RESOURCES: Final = (
    "*",
    "*",
    "arn:aws:s3:::a",
    "arn:aws:s3:::a*",
    "arn:aws:s3:::a/*",
    "arn:aws:s3:::a/b",
    "arn:aws:s3:::*/b",
    "arn:aws:s3:::a/?",
    "arn:aws:*:::a/b",
    "arn:aws:s3:::*a*",
    "arn:aws:s3:::a/b/*",
    "arn:aws:s3",
    "arn:*:*:*:*:*",
    "arn:aws:s3:::a/${aws:username}",
    "arn:aws:s3:::a/${aws:username}/*",
    "arn:aws:s3:::${aws:username, 'a'}/b",
    "arn:aws:s3:::a/${aws:PrincipalTag/team}",
    "arn:aws:s3:::${aws:username}*",
    "arn:aws:s3:::a/${aws:username, 'b'}",
    "arn:aws:s3:::a/${aws:username}/${aws:PrincipalTag/team}",
    "arn:aws:s3:::?/${aws:username}",
    "arn:aws:s3:::a/${*}",
    "arn:aws:s3:::*${aws:PrincipalTag/team}",
    "*:*:*:*:*:*",
    "*${aws:username}",
)
_TEXTS: Final = (
    "a",
    "b",
    "ab",
    "A",
    "a*",
    "*b",
    "*",
    "?",
    "?*",
    "a?",
    "${aws:username}",
    "${aws:username}*",
    "${aws:PrincipalTag/team, 'b'}",
    "a${aws:username}",
    "${*}",
    "",
)
_ARNS: Final = (
    "arn:aws:iam::111122223333:role/a",
    "arn:aws:iam::111122223333:role/*",
    "arn:aws:iam::*:role/a",
    "arn:aws:*:*:*:*",
    "*",
    "arn:aws:iam::111122223333:user/${aws:username}",
    "${aws:SourceArn}",
    "arn:aws:iam::${aws:PrincipalAccount}:role/a",
    "${aws:PrincipalArn}",
)
_SINGLE: Final = ("aws:username", "aws:PrincipalTag/team", "s3:prefix")
_SEVERAL: Final = ("aws:TagKeys", "aws:CalledVia", "acme:list")
_ARN_KEYS: Final = ("aws:SourceArn", "aws:PrincipalArn")
_STRING_OPERATORS: Final = (
    "StringEquals",
    "StringLike",
    "StringNotEquals",
    "StringNotLike",
    "StringEqualsIgnoreCase",
    "StringNotEqualsIgnoreCase",
)
_NUMBERS: Final = ("0", "5", "7.5", "10", "10.0", "-1", "1e1")
_DATES: Final = ("2026-01-01T00:00:00Z", "2026-01-01", "1767225600", "2027-06-30T12:00:00+02:00")
#: Tags that are compared as numbers, dates and booleans, though their values are texts.
_SIZE: Final = "aws:RequestTag/size"
_UNTIL: Final = "aws:RequestTag/until"
_FLAG: Final = "aws:RequestTag/flag"
_NETWORKS: Final = ("10.0.0.0/8", "10.0.0.0/16", "10.0.0.1", "2001:db8::/32", "0.0.0.0/0", "::/0", "10.0.0.7/30")
_LINE: Final = ("Equals", "NotEquals", "LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals")
_PRINCIPALS: Final[tuple[Any, ...]] = (
    "*",
    {"AWS": "*"},
    {"AWS": "111122223333"},
    {"AWS": "arn:aws:iam::111122223333:root"},
    {"AWS": ["arn:aws:iam::111122223333:role/r", "arn:aws:iam::111122223333:user/u"]},
    {"AWS": "arn:aws:sts::111122223333:assumed-role/r/s"},
    {"AWS": "arn:aws:iam::111122223333:role/p/r"},
    {"AWS": "arn:aws:iam::111122223333:role/q/r"},
    {"AWS": ["444455556666", "arn:aws:iam::111122223333:user/u"]},
    {"Service": "ec2.amazonaws.com"},
    {"AWS": "444455556666", "Service": ["ec2.amazonaws.com", "s3.amazonaws.com"]},
    {"CanonicalUser": "a" * 64},
    {"AWS": "AROAABCDEFGHIJKLMNOP"},
    {"AWS": "arn:aws:iam::111122223333:role/*"},
    {"Federated": "arn:aws:iam::111122223333:saml-provider/idp"},
)
_ASKERS: Final = (
    "arn:aws:iam::111122223333:root",
    "arn:aws:iam::111122223333:user/u",
    "arn:aws:iam::111122223333:user/v",
    "arn:aws:sts::111122223333:assumed-role/r/s",
    "arn:aws:sts::111122223333:assumed-role/r/t",
    "arn:aws:sts::111122223333:assumed-role/q/s",
    "arn:aws:iam::111122223333:role/p/r",
    "arn:aws:iam::111122223333:role/q/r",
    "arn:aws:iam::444455556666:user/u",
    "arn:aws:iam::777788889999:root",
    "ec2.amazonaws.com",
    "s3.amazonaws.com",
    "sns.amazonaws.com",
    "a" * 64,
    "b" * 64,
    "arn:aws:iam::111122223333:saml-provider/idp",
    "anonymous",
    "arn:aws:sts::111122223333:federated-user/f",
)
_WORDS: Final = ("a", "b", "ab", "A", "aa", "ba", "x", "a/b", "*", "", "B", "aab")
_VARIABLE = re.compile(r"\$\{([^},]*)(?:,\s*'([^']*)')?\}")


def random_pair(chance: Random) -> tuple[dict[str, Any], dict[str, Any], str]:
    """Old and new policy, mostly nearly equal, and their kind."""
    kind = chance.choice(("identity", "identity", "identity", "resource"))
    old = _policy(chance, kind)
    if chance.random() < 0.25:
        return old, _policy(chance, kind), kind
    new = copy.deepcopy(old)
    for _ in range(chance.choice((1, 1, 2))):
        _mutate(chance, new, kind)
    return (old, new, kind) if chance.random() < 0.5 else (new, old, kind)


def _policy(chance: Random, kind: str) -> dict[str, Any]:
    number = chance.choice((1, 1, 2, 2, 3, 4))
    policy: dict[str, Any] = {"Version": "2012-10-17", "Statement": [_statement(chance, kind) for _ in range(number)]}
    if chance.random() < 0.05:
        policy["Version"] = "2008-10-17"
    return policy


def _statement(chance: Random, kind: str) -> dict[str, Any]:
    statement: dict[str, Any] = {"Effect": chance.choice(("Allow", "Allow", "Deny"))}
    if kind == "resource":
        statement[chance.choice(("Principal", "Principal", "NotPrincipal"))] = chance.choice(_PRINCIPALS)
    statement[chance.choice(("Action", "Action", "Action", "NotAction"))] = _some(chance, _ACTIONS)
    statement[chance.choice(("Resource", "Resource", "Resource", "NotResource"))] = _some(chance, _RESOURCES)
    if chance.random() < 0.6:
        condition: dict[str, Any] = {}
        for _ in range(chance.choice((1, 1, 2, 3))):
            operator, key, values = _test(chance)
            condition.setdefault(operator, {})[key] = values
        statement["Condition"] = condition
    return statement


def _test(chance: Random) -> tuple[str, str, Any]:
    kind = chance.randrange(20)
    suffix = chance.choice(("", "", "", "IfExists"))
    qualifier = chance.choice(("ForAllValues:", "ForAnyValue:"))
    if kind < 7:
        key = chance.choice(_SINGLE)
        return chance.choice(_STRING_OPERATORS) + suffix, key, _some(chance, _TEXTS)
    if kind < 11:
        prefix = "" if chance.random() < 0.1 else qualifier
        return prefix + chance.choice(_STRING_OPERATORS) + suffix, chance.choice(_SEVERAL), _some(chance, _TEXTS)
    if kind == 11:
        return (
            "Null",
            chance.choice((*_SINGLE, *_SEVERAL, *_ARN_KEYS, _SIZE, _FLAG)),
            chance.choice(("true", "false", ["true", "false"])),
        )
    if kind < 14:
        operator = chance.choice(
            ("ArnLike", "ArnEquals", "ArnNotLike", "ArnNotEquals", "StringLike", "StringNotEquals")
        )
        return operator + suffix, chance.choice(_ARN_KEYS), _some(chance, _ARNS)
    if kind == 14:
        return (
            "Bool" + suffix,
            chance.choice(("aws:SecureTransport", "aws:ViaAWSService", _FLAG)),
            _some(chance, ("true", "false", "True")),
        )
    if kind == 15:
        return "Numeric" + chance.choice(_LINE) + suffix, chance.choice(("s3:max-keys", _SIZE)), _some(chance, _NUMBERS)
    if kind == 16:
        return "Date" + chance.choice(_LINE) + suffix, chance.choice(("aws:CurrentTime", _UNTIL)), _some(chance, _DATES)
    if kind == 17:
        return chance.choice(("IpAddress", "NotIpAddress")) + suffix, "aws:SourceIp", _some(chance, _NETWORKS)
    if kind == 18:
        return qualifier + chance.choice(_STRING_OPERATORS), chance.choice(_SINGLE), _some(chance, _TEXTS)
    return qualifier + "Arn" + chance.choice(("Like", "NotLike")), "acme:arns", _some(chance, _ARNS)


def _some(chance: Random, values: tuple[str, ...]) -> Any:
    if chance.random() < 0.5:
        return chance.choice(values)
    return chance.sample(values, chance.choice((1, 2, 2, 3)))


def _mutate(chance: Random, policy: dict[str, Any], kind: str) -> None:
    statements = policy["Statement"]
    way = chance.randrange(6)
    if way == 0:
        statements.insert(chance.randrange(len(statements) + 1), _statement(chance, kind))
    elif way == 1 and len(statements) > 1:
        del statements[chance.randrange(len(statements))]
    else:
        target, other = chance.choice(statements), _statement(chance, kind)
        names = [name for name in other if name in target or name == "Condition"]
        name = chance.choice(names)
        if name == "Condition" and "Condition" in target and chance.random() < 0.7:
            operator = chance.choice(list(target["Condition"]))
            tests = target["Condition"].pop(operator)
            replaced = _near_operator(chance, operator)
            target["Condition"].setdefault(replaced, {}).update(tests)
        else:
            target[name] = other[name]


def _near_operator(chance: Random, operator: str) -> str:
    if operator.endswith("IfExists"):
        return operator.removesuffix("IfExists")
    if operator == "Null" or chance.random() < 0.5:
        return operator
    if "ForA" in operator:
        swap = {"ForAllValues": "ForAnyValue", "ForAnyValue": "ForAllValues"}
        prefix, _, rest = operator.partition(":")
        return f"{swap[prefix]}:{rest}"
    return operator + "IfExists"


# ------------------------------------------------------------------------------------------ requests


def challenge(chance: Random, policies: list[dict[str, Any]], kind: str) -> Request:
    """A request that one statement of the policies is likely to be about."""
    statements = [statement for policy in policies for statement in policy["Statement"]] or [{}]
    statement, other = chance.choice(statements), chance.choice(statements)
    context: dict[str, Any] = {}
    for key in (*_SINGLE, "aws:PrincipalAccount"):
        if chance.random() < 0.6:
            context[key] = chance.choice(_WORDS)
    for key in _ARN_KEYS:
        if chance.random() < 0.3:
            context[key] = _arn(chance, chance.choice(_ARNS), context)
    # A second statement, so that requests that meet two are drawn as well.
    for one in (other, statement):
        for operator, tests in one.get("Condition", {}).items():
            for key, values in tests.items():
                _meet(chance, context, operator, key, _listed(values))
    actions = _listed(statement.get("Action", _ACTIONS))
    action = _filled(chance, chance.choice(actions), {})
    if ":" not in action:
        action = chance.choice(("s3:GetObject", "s3:PutObject", "zz:Top", "x:Y", "s3:Get", "ec2:RunInstances"))
    resources = _listed(statement.get("Resource", _RESOURCES))
    resource = _arn(chance, chance.choice(resources), context)
    principal = chance.choice(_ASKERS) if kind == "resource" else None
    return Request(action, resource, principal, context)


def _meet(chance: Random, context: dict[str, Any], operator: str, key: str, values: list[Any]) -> None:
    if chance.random() < 0.15:
        context.pop(key, None)
        return
    if "Null" in operator:
        return
    if key in (_SIZE, _UNTIL, _FLAG) and chance.random() < 0.3:
        context[key] = chance.choice(_WORDS)
    elif "Numeric" in operator:
        context[key] = chance.choice((*_NUMBERS, "6", "11", "7.6", "-2"))
    elif "Date" in operator:
        context[key] = chance.choice((*_DATES, "2025-01-01", "2026-06-01", "2028-01-01"))
    elif "Ip" in operator:
        context[key] = chance.choice(
            ("10.0.0.1", "10.0.0.4", "10.0.0.5", "10.1.0.1", "192.0.2.1", "2001:db8::1", "::1")
        )
    elif "Bool" in operator:
        context[key] = chance.choice(("true", "false", "TRUE"))
    elif key in _ARN_KEYS or key == "acme:arns":
        context[key] = _arn(chance, chance.choice(values), context)
    elif key in _SEVERAL:
        number = chance.choice((0, 1, 1, 2, 3))
        context[key] = [_filled(chance, chance.choice([*values, *_WORDS]), context) for _ in range(number)]
    elif chance.random() < 0.8:
        context[key] = _filled(chance, chance.choice(values), context)
    else:
        context[key] = chance.choice(_WORDS)


def _arn(chance: Random, pattern: str, context: dict[str, Any]) -> str:
    text = _filled(chance, pattern, context)
    if text.count(":") >= 5 and text.startswith("arn:"):
        return text
    return chance.choice(("*", "arn:aws:s3:::" + chance.choice(("a", "b", "a/b", "a/x", "ab", "a/b/c", "b/a", "x/b"))))


def _filled(chance: Random, pattern: str, context: dict[str, Any]) -> str:
    def value(found: re.Match[str]) -> str:
        if found[1] in "*?$":
            return found[1]
        known = context.get(found[1])
        if isinstance(known, str):
            return known
        return found[2] if found[2] is not None else chance.choice(_WORDS)

    pieces: list[str] = []
    place = 0
    for found in _VARIABLE.finditer(pattern):
        pieces += [_wild(chance, pattern[place : found.start()]), value(found)]
        place = found.end()
    return "".join([*pieces, _wild(chance, pattern[place:])])


def _wild(chance: Random, text: str) -> str:
    return "".join(
        chance.choice(("", "a", "b", "ab", "a/b", "x")) if c == "*" else chance.choice("abx/") if c == "?" else c
        for c in text
    )


def _listed(values: Any) -> list[str]:
    return list(values) if isinstance(values, (list, tuple)) else [values]


# ------------------------------------------------------------------------------------------ making small


def smaller(policy: dict[str, Any]) -> list[dict[str, Any]]:
    """The policies that lack one thing of a policy, the largest cut first."""
    found: list[dict[str, Any]] = []
    statements = policy["Statement"]
    for place, statement in enumerate(statements):
        if len(statements) > 1:
            found.append({**policy, "Statement": statements[:place] + statements[place + 1 :]})

        def put(changed: dict[str, Any], place: int = place) -> None:
            found.append({**policy, "Statement": [*statements[:place], changed, *statements[place + 1 :]]})

        if "Condition" in statement:
            put({name: value for name, value in statement.items() if name != "Condition"})
            for operator, tests in statement["Condition"].items():
                rest = {name: value for name, value in statement["Condition"].items() if name != operator}
                if rest:
                    put({**statement, "Condition": rest})
                for key, values in tests.items():
                    others = {name: value for name, value in tests.items() if name != key}
                    if others:
                        put({**statement, "Condition": {**rest, operator: others}})
                    for fewer in _fewer(values):
                        put({**statement, "Condition": {**statement["Condition"], operator: {**tests, key: fewer}}})
        for name in ("Action", "NotAction", "Resource", "NotResource"):
            if name in statement:
                for fewer in _fewer(statement[name]):
                    put({**statement, name: fewer})
        if "NotResource" in statement:
            put({**{k: v for k, v in statement.items() if k != "NotResource"}, "Resource": "*"})
        if statement.get("Resource", "*") != "*":
            put({**statement, "Resource": "*"})
        if "NotAction" in statement:
            put({**{k: v for k, v in statement.items() if k != "NotAction"}, "Action": "*"})
        if statement.get("Action", "*") != "*":
            put({**statement, "Action": "*"})
    return found


def _fewer(values: Any) -> list[Any]:
    if not isinstance(values, list) or len(values) < 2:
        return [] if not isinstance(values, list) else [values[0]]
    return [values[:place] + values[place + 1 :] for place in range(len(values))]
