"""The six business services. Each has the same inside: see docs/architecture.md."""
