"""Restricted YAML with the position of every value: the only reader and writer of YAML.

Scenarios, playbooks, studies and the catalogue of moves are YAML 1.2 without its traps:
no anchors, aliases, tags or directives, no key twice, no bare ``yes`` or ``on`` (which
readers of YAML disagree about), one document, at most 1 MiB.  Reading gives plain dicts,
lists, texts, numbers and flags, and where each of them stands, so that a message can point
at it.  See ``docs/decisions/yaml.md``.
"""

from sim.yamlfile.document import Document, Flaw, Path_, YamlError
from sim.yamlfile.reading import DEEPEST, LARGEST, read, read_text, text_of
from sim.yamlfile.writing import write, written

__all__ = [
    "DEEPEST",
    "LARGEST",
    "Document",
    "Flaw",
    "Path_",
    "YamlError",
    "read",
    "read_text",
    "text_of",
    "write",
    "written",
]
