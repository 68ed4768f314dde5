"""The window: a front end of ``sim``, which it reads through observations only."""
