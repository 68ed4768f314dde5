"""Left Unsaid: a model of partnerships, and of what partners leave unsaid.

Everything here runs without a window; the front end is the package ``game``.
"""

__version__ = "0.1.0"
