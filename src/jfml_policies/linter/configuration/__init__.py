"""Settings in files: what they may say, how they are read, and all that is wrong with them in one go."""

from __future__ import annotations

from jfml_policies.linter.configuration.layers import Layer, read_layer
from jfml_policies.linter.configuration.read import read_configuration
from jfml_policies.linter.configuration.values import Configuration, KindOfFiles

__all__ = ["Configuration", "KindOfFiles", "Layer", "read_configuration", "read_layer"]
