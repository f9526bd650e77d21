"""Reads HTML: tokens, frames of nested tags, names that say what a part is, and the head of a page."""
