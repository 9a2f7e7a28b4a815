"""Ask the memory for what a later turn needs.

Turns in random order meet persons all over the memory; on a torus of a million sites the processor
waits for each of them longer than its turn takes. Asked some turns ahead, they have arrived.
"""

from __future__ import annotations

from typing import Any, cast

from numba import types
from numba.extending import intrinsic
from numba.np import arrayobj

_READ, _KEEP, _DATA = 0, 3, 1


def _fetch(_context: Any, array: Any, index: Any) -> Any:
    from llvmlite import ir

    word, byte = ir.IntType(32), ir.IntType(8).as_pointer()

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        held = cast(Any, arrayobj).make_array(signature.args[0])(context, builder, arguments[0])
        place = builder.bitcast(builder.gep(held.data, [arguments[1]]), byte)
        kind = ir.FunctionType(ir.VoidType(), [byte, word, word, word])
        hint = builder.module.declare_intrinsic("llvm.prefetch", [byte], kind)
        builder.call(hint, [place, word(_READ), word(_KEEP), word(_DATA)])
        return context.get_dummy_value()

    return types.void(array, index), generate


fetch = cast(Any, intrinsic(_fetch))
"""fetch(array, number): ask for the entry with a number, counted over all entries of the array.

It changes nothing and can fail nowhere; the array's entries must lie in one piece.
"""
