"""Where AWS is silent or ambiguous: the reading that this project picks, one named constant each.

A constant that is changed changes the evaluator everywhere; what needs no switch in the code is not listed here.
"""

from __future__ import annotations

from typing import Final

__all__ = [
    "BOOL_VALUES_TAKE_VARIABLES",
    "EMPTY_TEXT_IS_PRESENT",
    "FOR_ANY_VALUE_IF_EXISTS_ON_EMPTY",
    "NULL_TAKES_SET_OPERATORS",
    "PLAIN_OPERATOR_ON_SEVERAL_VALUES",
    "RESOURCE_FIELDS_IGNORE_CASE",
    "VARIABLE_OF_SEVERAL_VALUES_IS_ABSENT",
]

#: A context value that is the empty text counts as present. (AWS hints that it may count as null for ForAllValues.)
EMPTY_TEXT_IS_PRESENT: Final[bool] = True

#: What a positive operator without set operator says of a key with several values; the negated one says the opposite.
PLAIN_OPERATOR_ON_SEVERAL_VALUES: Final[bool] = False

#: What `ForAnyValue:...IfExists` says when the key is absent.
FOR_ANY_VALUE_IF_EXISTS_ON_EMPTY: Final[bool] = True

#: Whether `ForAnyValue:Null` and `ForAllValues:Null` are read as `Null`; if not, they are no operators.
NULL_TAKES_SET_OPERATORS: Final[bool] = True

#: Whether policy variables work in values of `Bool`; the guide says so in one place and not in another.
BOOL_VALUES_TAKE_VARIABLES: Final[bool] = True

#: A variable whose key has several values has no value; a default then stands in. (AWS forbids such variables.)
VARIABLE_OF_SEVERAL_VALUES_IS_ABSENT: Final[bool] = True

#: Whether letter case is ignored in the first five fields of Resource entries. (Some tools do.)
RESOURCE_FIELDS_IGNORE_CASE: Final[bool] = False
