"""Reads plain text, which is often a web page saved with its menus, share buttons and footer."""
