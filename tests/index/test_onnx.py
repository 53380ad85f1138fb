"""Networks on ONNX Runtime: the same integers on every processor, and no more time than that takes."""

from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import pytest
from numpy.typing import NDArray

from index.encoder.onnx import PRODUCT, OnnxModel, products_overflow, settings


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, NDArray[Any], NDArray[Any]]:
    """Make a network that multiplies by large weights; return it, an input, and the exact product."""
    onnx = pytest.importorskip("onnx", reason="making a network needs the package onnx")
    random = np.random.default_rng(0)
    inputs = random.integers(0, 256, (7, 384), np.uint8)
    weights = random.integers(-127, 128, (384, 384), np.int8)
    weights[:, :9] = 127
    constants = {"weights": weights, "zero": np.array(128, np.uint8), "none": np.array(0, np.int8)}
    node = onnx.helper.make_node("MatMulInteger", ["inputs", "weights", "zero", "none"], ["out"])
    graph = onnx.helper.make_graph(
        [node],
        "product",
        [onnx.helper.make_tensor_value_info("inputs", onnx.TensorProto.UINT8, inputs.shape)],
        [onnx.helper.make_tensor_value_info("out", onnx.TensorProto.INT32, inputs.shape)],
        [onnx.numpy_helper.from_array(array, name) for name, array in constants.items()],
    )
    file = tmp_path_factory.mktemp("network") / "product.onnx"
    onnx.save(onnx.helper.make_model(graph, opset_imports=[onnx.helper.make_opsetid("", 18)], ir_version=10), file)
    return file, inputs, (inputs.astype(int) - 128) @ weights.astype(int)


@pytest.mark.parametrize("optimised", [True, False])
def test_products_of_eight_bits_are_the_same_on_every_processor(
    product: tuple[Path, NDArray[Any], NDArray[Any]], optimised: bool
) -> None:
    file, inputs, expected = product
    (out,) = OnnxModel(file, threads=1, optimised=optimised).run({"inputs": inputs})
    assert np.array_equal(out, expected)


@pytest.mark.parametrize("optimised", [True, False])
def test_products_are_exact_where_the_processor_is_kept_from_cutting_them(
    product: tuple[Path, NDArray[Any], NDArray[Any]], optimised: bool
) -> None:
    file, inputs, expected = product
    session = onnxruntime.InferenceSession(str(file), settings(1, exact=True, optimised=optimised))
    (out,) = session.run(None, {"inputs": inputs})
    assert np.array_equal(out, expected)


def test_the_slow_way_is_taken_only_where_the_processor_cuts_products() -> None:
    processor = Path("/proc/cpuinfo")
    if not processor.exists() or "avx2" not in (flags := processor.read_text().split()):
        pytest.skip("which instructions the processor has is not to be read here")
    assert products_overflow() == (not {"avx512_vnni", "avx_vnni"} & set(flags))


def test_the_product_that_tells_is_what_its_description_says() -> None:
    session = onnxruntime.InferenceSession(PRODUCT)
    left, right = np.arange(6, dtype=np.uint8).reshape(2, 3), np.arange(-6, 6, dtype=np.int8).reshape(3, 4)
    (out,) = session.run(None, {"a": left, "b": right})
    assert np.array_equal(out, left.astype(int) @ right.astype(int))
