"""What stands in front matter and JSON-LD, each value with its place: YAML, TOML and JSON."""
