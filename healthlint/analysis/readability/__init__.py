"""How hard a text is to read: counts.py counts it, formulas.py grade the counts, grades.py says what to change."""
