"""For speech-to-speech on a machine that reaches no hub: what it would download comes from wheels.

Put this folder on its PYTHONPATH. Python imports a module of this name when it starts.
"""

import re
import sys
from importlib.abc import MetaPathFinder
from importlib.machinery import PathFinder


def _sentences(text, language="english"):
    return [piece for piece in re.split(r"(?<=[.!?])\s+", text.strip()) if piece]


def _silero(repository, *arguments, **options):
    from silero_vad import load_silero_vad  # its model is in the wheel

    return load_silero_vad(), None


def _at_hand_nltk(nltk):
    nltk.sent_tokenize = _sentences
    nltk.download = lambda *arguments, **options: False


def _at_hand_hub(hub):
    hub.load = _silero


class _Patched(MetaPathFinder):
    """Changes a module once it is loaded."""

    changes = {"nltk": _at_hand_nltk, "torch.hub": _at_hand_hub}

    def find_spec(self, name, path=None, target=None):
        change = self.changes.pop(name, None)
        if change is None:
            return None
        spec = PathFinder.find_spec(name, path)
        run = spec.loader.exec_module

        def exec_module(module):
            run(module)
            change(module)

        spec.loader.exec_module = exec_module
        return spec


sys.meta_path.insert(0, _Patched())
