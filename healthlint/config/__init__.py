"""Configuration: layers of files and options, resolved to one typed rule set per article.

files.py finds and reads · keys.py says what may stand in a file · layers.py puts them in order · profiles.py finds the
one asked for · resolve.py gives each article its rules, with the origin of every value · json_schema.py describes all
to editors.
"""

from __future__ import annotations

from healthlint.config.layers import Layer
from healthlint.config.missing_profiles import settle_profile
from healthlint.config.resolve import Config, RunSettings, load_config

__all__ = ["Config", "Layer", "RunSettings", "load_config", "settle_profile"]
