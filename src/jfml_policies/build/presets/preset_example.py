"""An example of a preset's parameters, made from its data: what must be given, and no more."""

from __future__ import annotations

from typing import Final

from jfml_policies.build.presets.preset import ParameterSpec, Preset
from jfml_policies.build.presets.preset_parameters import all_specs, needed_names

__all__ = ["example_of"]

#: Values by type, where the parameter has no example of its own; AWS keeps the account for documentation.
_VALUES: Final = {
    "account": "111122223333",
    "bucket": "acme-data",
    "external-id": "7c4b1f2e90d84a6c",
    "folder": "data/",
    "inference-profile": "eu.amazon.nova-lite-v1:0",
    "key": "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    "region": "eu-west-1",
    "role-arn": "arn:aws:iam::111122223333:role/name",
    "role-name": "acme-role",
    "user-arn": "arn:aws:iam::111122223333:user/name",
}


def example_of(preset: Preset) -> dict[str, str]:
    """Values for the parameters that the preset's first profile cannot do without, by name.

    An external id is among them wherever the vendor sends one: without it other customers of the vendor get in.

    >>> from jfml_policies.build.presets.preset_files import preset_named
    >>> example_of(preset_named("fivetran"))
    {'external_id': '7c4b1f2e90d84a6c', 'bucket': 'acme-data'}
    """
    specs = all_specs(preset)
    names = dict.fromkeys(name for name in ("external_id", *needed_names(preset)) if name in specs)
    return {name: _value(name, specs[name]) for name in names}


def _value(name: str, spec: ParameterSpec) -> str:
    if spec.example is not None:
        return spec.example
    return spec.choices[0] if spec.choices else _VALUES.get(spec.type, name.replace("_", ""))
