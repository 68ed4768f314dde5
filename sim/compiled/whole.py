"""One rule compiled with all that it calls, as one piece of machine code.

numba compiles each function for itself: optimises it, makes machine code of it and a
wrapper for Python, then links it into its callers and optimises it there again, all the way
up; and it does so anew for every constant that is passed.  For the rules of a month that came
to five minutes.  Here every rule is lowered into one library, which is optimised and made into
machine code once, and constants are passed as plain numbers: half a minute with the rules of a
strategy's turn, and runs cost a tenth.  docs/decisions/rules.md has the figures.

What is used of numba beyond its front door: a pipeline class (documented), its lowering
pass, and the typing of globals.  pyproject.toml holds numba to versions that were tried.
"""

from __future__ import annotations

import dis
import gc
import os
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numba
import numpy as np
from numba import _dynfunc, types
from numba.core import config, funcdesc
from numba.core.compiler import CompilerBase, DefaultPassBuilder, _LowerResult
from numba.core.compiler_machinery import register_pass
from numba.core.lowering import Lower
from numba.core.registry import cpu_target
from numba.core.typed_passes import BaseNativeLowering, NativeLowering
from numba.core.typing.templates import infer_global

from sim.compiled import views

_OPTIONS = {"nogil": True, "fastmath": False, "error_model": "numpy", "no_cfunc_wrapper": True}
_LOCK = threading.Lock()
_LIBRARY: list[Any] = []  # the library that the kernel being compiled goes into
_KERNELS: dict[Callable[..., Any], Kernel] = {}
_RULES: dict[Callable[..., Any], Any] = {}  # rule: its dispatcher, which numba holds weakly


class _Lower(Lower):
    """Lowering that tells LLVM what it cannot see of the functions it makes."""

    def setup_function(self, fndesc: Any) -> None:
        """Begin a function: tables of pointers and parameters are there, and never written.

        So what rules read of them in a loop is read once, before it.
        """
        super().setup_function(fndesc)
        kinds = dict(zip(fndesc.args, fndesc.argtypes, strict=False))
        for arg in self.function.args:
            kind = kinds.get(arg.name.removeprefix("arg."))
            if isinstance(kind, (views.RowsType, types.Record)):
                arg.add_attribute("noalias")
                arg.add_attribute("nonnull")
                arg.attributes.dereferenceable = kind.size
                arg.attributes.align = 8
        for attribute in self.func_ir.func_id.func.__dict__.get("compiled_as", ()):
            self.function.attributes.add(attribute)


@register_pass(mutates_CFG=True, analysis_only=False)
class _LowerRule(BaseNativeLowering):
    """Lower a rule into the kernel's library: no machine code yet, no wrapper."""

    _name = "left_unsaid_lower_rule"

    @property
    def lowering_class(self) -> Any:
        return _Lower

    def run_pass(self, state: Any) -> bool:
        library, context = _LIBRARY[-1], state.targetctx
        state.library = library
        described = funcdesc.PythonFunctionDescriptor.from_specialized_function(
            state.func_ir,
            state.typemap,
            state.return_type,
            state.calltypes,
            mangler=context.mangler,
            inline=state.flags.forceinline,
            noalias=state.flags.noalias,
            abi_tags=[state.flags.get_mangle_string()],
        )
        with context.push_code_library(library):
            lower = _Lower(context, library, described, state.func_ir, metadata=state.metadata)
            lower.lower()
        library.rules.append(described.mangled_name)
        name = described.qualname.split(".")[-1]
        # stands for the function in numba's tables; there is nothing that Python could call
        stand_in = _dynfunc.make_function(
            described.lookup_module(), name, name, 0, lower.env, (library,)
        )
        context.insert_user_function(stand_in, described, [])
        state["cr"] = _LowerResult(described, lower.call_helper, cfunc=stand_in, env=lower.env)
        return True


@register_pass(mutates_CFG=True, analysis_only=False)
class _LowerKernel(NativeLowering):
    """Lower the kernel itself into the same library, and make machine code of all of it."""

    _name = "left_unsaid_lower_kernel"

    @property
    def lowering_class(self) -> Any:
        return _Lower

    def run_pass(self, state: Any) -> bool:
        state.library = _LIBRARY[-1]
        return bool(super().run_pass(state))


_NOT_NEEDED = {
    "AnnotateTypes", "DeadBranchPrune", "DumpParforDiagnostics", "FindLiterallyCalls",
    "InlineClosureLikes", "InlineInlinables", "InlineOverloads",
    "LiteralPropagationSubPipelinePass", "LiteralUnroll", "MakeFunctionToJitFunction",
    "NopythonRewrites", "RewriteDynamicRaises", "WithLift",
}  # fmt: skip
"""Passes for what rules never do (closures, array expressions, ``with``)."""


def _pipeline(lowering: Any) -> type:
    class Compiler(CompilerBase):
        def define_pipelines(self) -> list[Any]:
            passes = DefaultPassBuilder.define_nopython_pipeline(self.state)
            passes.passes = [
                (lowering if kind is NativeLowering else kind, text)
                for kind, text in passes.passes
                if kind.__name__ not in _NOT_NEEDED
            ]
            passes.finalize()
            return [passes]

    return Compiler


_RuleCompiler = _pipeline(_LowerRule)
_KernelCompiler = _pipeline(_LowerKernel)


def rules_of(function: Callable[..., Any]) -> list[Callable[..., Any]]:
    """Every rule that ``function`` calls, directly or not, each before those that call it."""
    found: dict[Callable[..., Any], None] = {}

    def walk(one: Callable[..., Any]) -> None:
        globals_read = (
            step.argval for step in dis.get_instructions(one) if step.opname == "LOAD_GLOBAL"
        )
        for name in globals_read:
            other: Any = one.__globals__.get(name)
            if getattr(other, "is_rule", False) and other not in found:
                walk(other)
        found[one] = None

    walk(function)
    del found[function]
    return list(found)


def _plain(types_given: Any) -> tuple[Any, ...]:
    """Constants as numbers: otherwise a rule would be compiled anew for each of them."""
    return tuple(types.unliteral(one) for one in types_given)


def _dispatcher(function: Callable[..., Any]) -> Any:
    made = numba.njit(pipeline_class=_RuleCompiler, no_cpython_wrapper=True, **_OPTIONS)(function)
    usual = made.get_call_template
    made.get_call_template = lambda args, kws: usual(
        _plain(args), {name: types.unliteral(kind) for name, kind in dict(kws).items()}
    )
    return made


def _kind_of(arg: Any) -> Any:
    """What tells arguments of two types apart: numba's own type takes a while to be found."""
    if isinstance(arg, views.Rows):
        return arg.kind
    return (arg.dtype, arg.ndim) if isinstance(arg, np.ndarray) else type(arg)


class Kernel:
    """A compiled rule: call it as the rule, with :func:`sim.compiled.rows` for named tuples."""

    def __init__(self, function: Callable[..., Any], folder: Path) -> None:
        self._function = function
        self._compiled: Any = None
        self._folder = folder
        self._kinds: tuple[Any, ...] = ()

    def __call__(self, *args: Any) -> Any:
        kinds = tuple(_kind_of(arg) for arg in args)
        if kinds != self._kinds:
            with _LOCK:
                self._prepare(kinds, args)
        return self._compiled(*args)

    def _prepare(self, kinds: tuple[Any, ...], args: tuple[Any, ...]) -> None:
        if kinds == self._kinds:
            return
        if self._kinds:  # the rules are in the library of the first kernel, and in no other
            raise TypeError(f"a kernel is compiled once, for {self._kinds}, not for {kinds}")
        self._compiled = self._made()
        _LIBRARY.append(self._new_library())
        collecting = gc.isenabled()
        gc.disable()  # a compiler makes millions of objects and few cycles: an eighth of the time
        try:
            self._compiled.compile(tuple(numba.typeof(arg) for arg in args))
        finally:
            _LIBRARY.pop()
            if collecting:
                gc.enable()
        self._kinds = kinds

    def _made(self) -> Any:
        for one in rules_of(self._function):
            if one not in _RULES:
                _RULES[one] = _dispatcher(one)
                infer_global(one, types.Dispatcher(_RULES[one]))
        before = config.CACHE_DIR  # other users of numba in this process keep theirs
        config.CACHE_DIR = str(_writable(self._folder))
        try:
            return numba.njit(pipeline_class=_KernelCompiler, cache=True, **_OPTIONS)(
                self._function
            )
        finally:
            config.CACHE_DIR = before

    def _new_library(self) -> Any:
        library = cpu_target.target_context.codegen().create_library(self._function.__name__)
        library.enable_object_caching()
        library.rules = []
        optimise = library._optimize_final_module

        def closed() -> None:
            """Nobody else calls the rules: what is put into all its callers need not stay."""
            for name in library.rules:
                library._final_module.get_function(name).linkage = "internal"
            optimise()

        library._optimize_final_module = closed
        return library


def _writable(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if os.access(folder, os.W_OK):
            return folder
    except OSError:
        pass
    # a read-only home: compile into a folder of this process
    return Path(tempfile.mkdtemp(prefix="left-unsaid-rules-"))


def whole(function: Callable[..., Any], folder: Path) -> Kernel:
    """The kernel of a rule, its machine code kept in ``folder``; the same one for all threads."""
    with _LOCK:
        if function not in _KERNELS:
            _KERNELS[function] = Kernel(function, folder)
        return _KERNELS[function]


__all__ = ["Kernel", "rules_of", "views", "whole"]
