"""Runs the espeak-ng library of the `espeakng-loader` wheel in a process of its own: text in, a WAV file out.

python -m secondunit_engine.sound.espeak_process line.wav 165 < line.txt

Beside the sound, `line.wav.json` lists when each word and each phone (IPA) begins: [kind, sample, text or place].
"""

from __future__ import annotations

import ctypes
import importlib
import json
import sys
import wave

_RETRIEVAL = 1  # samples come to the callback, nothing is played
_PHONEMES_IN_IPA = 1 | 2  # options of espeak_Initialize
_RATE_PARAMETER, _UTF8, _POSITION_CHARACTER = 1, 1, 1
_END, _WORD, _PHONEME = 0, 1, 7  # of espeak_EVENT_TYPE


class _Event(ctypes.Structure):
    """espeak_EVENT of speak_lib.h; `id` is a union of a number, a pointer and eight bytes."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", ctypes.c_char * 8),
    )


def main(path: str, words_a_minute: int) -> int:
    """Speak standard input into a 16-bit mono WAV file; 0 if it could."""
    loader = importlib.import_module("espeakng_loader")
    library = ctypes.CDLL(loader.get_library_path())
    spoken: list[bytes] = []
    events: list[tuple[str, int, object]] = []
    callback_type = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event))

    def receive(samples: ctypes._Pointer[ctypes.c_short], count: int, told: ctypes._Pointer[_Event]) -> int:
        if samples and count > 0:
            spoken.append(ctypes.string_at(samples, count * 2))
        index = 0
        while told and told[index].type != _END:
            event = told[index]
            if event.type == _WORD:
                events.append(("word", event.sample, [event.text_position - 1, event.length]))
            elif event.type == _PHONEME:
                events.append(("phone", event.sample, event.id.decode("utf-8", "ignore")))
            index += 1
        return 0

    callback = callback_type(receive)
    rate = library.espeak_Initialize(_RETRIEVAL, 0, loader.get_data_path().encode(), _PHONEMES_IN_IPA)
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
    with open(f"{path}.json", "w", encoding="utf-8") as file:
        json.dump(events, file)
    return 0 if spoken else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2])))
