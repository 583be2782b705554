"""Runs inside Blender: build a Video Sequence Editor edit from an OTIO cut, and render its frames as PNG.

An independent reading of the cut: it shares no code with ours, and reads the OTIO JSON itself.

    blender -b --factory-startup --python vse_from_otio.py -- CUT.otio FOLDER WIDTH HEIGHT
"""

import json
import sys

import bpy  # pyright: ignore[reportMissingImports]

cut_path, folder, width, height = sys.argv[sys.argv.index("--") + 1 :]
with open(cut_path) as file:
    cut = json.load(file)
rate = cut["global_start_time"]["rate"]

scene = bpy.context.scene
scene.render.fps, scene.render.fps_base = round(rate), round(rate) / rate
scene.render.resolution_x, scene.render.resolution_y = int(width), int(height)
scene.render.resolution_percentage = 100
scene.render.image_settings.file_format = "PNG"
scene.render.image_settings.color_mode = "RGB"
scene.render.dither_intensity = 0.0
scene.render.filepath = folder + "/"
scene.view_settings.view_transform = "Standard"
scene.sequencer_colorspace_settings.name = "sRGB"
editor = scene.sequence_editor_create()
end = 0


def frames(time):
    return round(time["value"] * rate / time["rate"])


def add_clip(clip, channel, record, length, lead, trail):
    """A movie strip at `record`, opened by `lead` and `trail` frames for the dissolves at its ends."""
    media = clip["media_references"][clip["active_media_reference_key"]]
    first = frames(clip["source_range"]["start_time"]) - frames(media["available_range"]["start_time"])
    speed = next((e["time_scalar"] for e in clip["effects"] if "time_scalar" in e), None)
    if speed is not None:
        # A strip whose file is resampled by Blender's own speed effect.
        strip = editor.sequences.new_movie(clip["name"], media["target_url"], channel, record - first)
        strip.use_proxy = False
        strip.frame_offset_start = first
        strip.frame_final_duration = max(1, round(length * speed))
        effect = editor.sequences.new_effect(
            "speed", "SPEED", channel + 1, record, frame_end=record + length, seq1=strip
        )
        effect.speed_control, effect.speed_factor, effect.use_frame_interpolate = "MULTIPLY", speed, False
        strip.frame_final_duration = length
        return strip
    strip = editor.sequences.new_movie(clip["name"], media["target_url"], channel, record - first)
    strip.frame_offset_start = first - lead
    strip.frame_final_duration = length + lead + trail
    return strip


for number, track in enumerate(t for t in cut["tracks"]["children"] if t["kind"] == "Video"):
    record, items = 1, track["children"]
    strips = {}
    for index, item in enumerate(items):
        if not item["OTIO_SCHEMA"].startswith("Clip"):
            record += 0 if item["OTIO_SCHEMA"].startswith("Transition") else frames(item["source_range"]["duration"])
            continue
        length = frames(item["source_range"]["duration"])
        before = items[index - 1] if index else {"OTIO_SCHEMA": ""}
        after = items[index + 1] if index + 1 < len(items) else {"OTIO_SCHEMA": ""}
        lead = frames(before["in_offset"]) if before["OTIO_SCHEMA"].startswith("Transition") else 0
        trail = frames(after["out_offset"]) if after["OTIO_SCHEMA"].startswith("Transition") else 0
        channel = 1 + 10 * number + 2 * (index % 4)
        strips[index] = add_clip(item, channel, record, length, lead, trail)
        record += length
    for index, item in enumerate(items):
        if item["OTIO_SCHEMA"].startswith("Transition"):
            cross = editor.sequences.new_effect(
                "cross", "CROSS", 10 * number + 9, 1, frame_end=2, seq1=strips[index - 1], seq2=strips[index + 1]
            )
            # The strips' own pictures must not cover the cross where they overlap.
            strips[index - 1].blend_type = strips[index + 1].blend_type = "REPLACE"
            cross.blend_type = "REPLACE"
    end = max(end, record - 1)

scene.frame_start, scene.frame_end = 1, end
bpy.ops.render.render(animation=True)
