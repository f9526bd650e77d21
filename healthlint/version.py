"""The version, for everyone below the public API."""

__version__ = "0.1.0"
