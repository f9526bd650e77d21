"""Reads Markdown and MDX by pyromark’s events."""
