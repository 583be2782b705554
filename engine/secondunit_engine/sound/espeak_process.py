"""Runs the espeak-ng library of the `espeakng-loader` wheel in a process of its own: text in, a WAV file out.

python -m secondunit_engine.sound.espeak_process line.wav 165 < line.txt
"""

from __future__ import annotations

import ctypes
import importlib
import sys
import wave

_RETRIEVAL = 1  # samples come to the callback, nothing is played
_RATE_PARAMETER, _UTF8, _POSITION_CHARACTER = 1, 1, 1


def main(path: str, words_a_minute: int) -> int:
    """Speak standard input into a 16-bit mono WAV file; 0 if it could."""
    loader = importlib.import_module("espeakng_loader")
    library = ctypes.CDLL(loader.get_library_path())
    spoken: list[bytes] = []
    callback_type = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)

    def receive(samples: ctypes._Pointer[ctypes.c_short], count: int, events: int) -> int:
        if samples and count > 0:
            spoken.append(ctypes.string_at(samples, count * 2))
        return 0

    callback = callback_type(receive)
    rate = library.espeak_Initialize(_RETRIEVAL, 0, loader.get_data_path().encode(), 0)
    if rate <= 0:
        return 1
    library.espeak_SetSynthCallback(callback)
    if library.espeak_SetVoiceByName(b"en-us") != 0:
        return 1
    library.espeak_SetParameter(_RATE_PARAMETER, words_a_minute, 0)
    text = sys.stdin.buffer.read() + b"\0"
    library.espeak_Synth(text, ctypes.c_size_t(len(text)), 0, _POSITION_CHARACTER, 0, _UTF8, None, None)
    library.espeak_Synchronize()
    with wave.open(path, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(b"".join(spoken))
    return 0 if spoken else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2])))
