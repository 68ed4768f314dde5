"""The model a second time, written from its description, as a Mesa model anybody might write.

Everything here follows `docs/model.md` and `docs/model-draws.md`, and nothing else: whoever wrote
it had not read the rules of `sim`.  Where both agree (`tests/twin/`), the description is complete.
Partners are agents; ties, matters and projects are objects; numbers are plain floats.
"""
