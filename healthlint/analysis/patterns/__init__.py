"""The pattern language of rule files: reader.py reads a pattern into nodes, pattern.py holds it against tokens."""
