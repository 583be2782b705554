"""An independent reading of an OTIO cut as MLT XML, for `melt` to render. Standard library only.

A dissolve is a tractor over the two clips' handles with MLT's own `luma` transition, as Kdenlive and Shotcut write it.

    python mlt_from_otio.py CUT.otio CUT.mlt WIDTH HEIGHT
"""

import json
import sys
from xml.sax.saxutils import quoteattr

cut_path, mlt_path, width, height = sys.argv[1:]
with open(cut_path) as file:
    cut = json.load(file)
rate = cut["global_start_time"]["rate"]
producers, tractors, playlists, total = [], [], [], 0


def frames(time):
    return round(time["value"] * rate / time["rate"])


def first_frame(clip):
    media = clip["media_references"][clip["active_media_reference_key"]]
    return frames(clip["source_range"]["start_time"]) - frames(media["available_range"]["start_time"])


def produce(clip):
    """Declare the clip's file and return its id."""
    media = clip["media_references"][clip["active_media_reference_key"]]
    name = f"p{len(producers)}"
    producers.append(
        f'<producer id="{name}"><property name="resource">{media["target_url"]}</property>'
        f'<property name="mlt_service">avformat</property><property name="audio_index">-1</property></producer>'
    )
    return name


def entry(name, first, length):
    return f'<entry producer="{name}" in="{first}" out="{first + length - 1}"/>' if length > 0 else ""


def dissolve(before, after, lead, trail):
    """A tractor that mixes the end of one clip into the start of the next."""
    length, name = lead + trail, f"t{len(tractors)}"
    end = first_frame(before) + frames(before["source_range"]["duration"])
    sides = (produce(before), end - lead), (produce(after), first_frame(after) - lead)
    tracks = "".join(f'<track producer="{p}" in="{f}" out="{f + length - 1}"/>' for p, f in sides)
    tractors.append(
        f'<tractor id="{name}" in="0" out="{length - 1}">{tracks}'
        f'<transition in="0" out="{length - 1}"><property name="a_track">0</property>'
        f'<property name="b_track">1</property><property name="mlt_service">luma</property></transition></tractor>'
    )
    return entry(name, 0, length)


for track in (t for t in cut["tracks"]["children"] if t["kind"] == "Video"):
    lines, items = [], track["children"]
    for index, item in enumerate(items):
        kind = item["OTIO_SCHEMA"].split(".")[0]
        if kind == "Transition":
            lines.append(
                dissolve(items[index - 1], items[index + 1], frames(item["in_offset"]), frames(item["out_offset"]))
            )
            continue
        length = frames(item["source_range"]["duration"])
        if kind == "Gap":
            lines.append(f'<blank length="{length}"/>')
            continue
        trim = [0, 0]
        if index and items[index - 1]["OTIO_SCHEMA"].startswith("Transition"):
            trim[0] = frames(items[index - 1]["out_offset"])
        if index + 1 < len(items) and items[index + 1]["OTIO_SCHEMA"].startswith("Transition"):
            trim[1] = frames(items[index + 1]["in_offset"])
        lines.append(entry(produce(item), first_frame(item) + trim[0], length - sum(trim)))
    playlists.append("".join(lines))
    lengths = [frames(i["source_range"]["duration"]) for i in items if not i["OTIO_SCHEMA"].startswith("Transition")]
    total = max(total, sum(lengths))

number, below = round(rate * 1001) if rate % 1 else round(rate), 1001 if rate % 1 else 1
stacked = "".join(
    f'<transition><property name="a_track">0</property><property name="b_track">{index + 1}</property>'
    f'<property name="mlt_service">composite</property><property name="always_active">1</property></transition>'
    for index in range(len(playlists))
)
with open(mlt_path, "w") as out:
    out.write(
        f'<mlt LC_NUMERIC="C"><profile width={quoteattr(width)} height={quoteattr(height)} progressive="1" '
        f'sample_aspect_num="1" sample_aspect_den="1" display_aspect_num="16" display_aspect_den="9" '
        f'frame_rate_num="{number}" frame_rate_den="{below}" colorspace="709"/>'
        + "".join(producers + tractors)
        + "".join(f'<playlist id="l{index}">{lines}</playlist>' for index, lines in enumerate(playlists))
        # Black under everything: a blank is transparent, and would come out white in a PNG.
        + f'<producer id="black" in="0" out="{total - 1}"><property name="mlt_service">color</property>'
        '<property name="resource">black</property></producer>'
        '<tractor id="main"><multitrack><track producer="black"/>'
        + "".join(f'<track producer="l{index}"/>' for index in range(len(playlists)))
        + f"</multitrack>{stacked}</tractor></mlt>"
    )
