"""Look at one frame of a stage: python -m secondunit_engine.render STAGE --frame 1010 --spp 4 --out still.png"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from secondunit_bridge.errors import SecondUnitError


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m secondunit_engine.render", description=__doc__)
    parser.add_argument("stage", type=Path)
    parser.add_argument("--size", default="480x270", help="WxH in pixels")
    parser.add_argument("--frame", type=int, default=1001)
    parser.add_argument("--spp", type=int, default=4, help="paths a pixel")
    parser.add_argument("--depth", type=int, default=7, help="path segments")
    parser.add_argument("--exposure", type=float, default=0.0, help="stops")
    parser.add_argument("--group", default="", help="show this light group alone")
    parser.add_argument("--out", type=Path, required=True)
    asked = parser.parse_args()
    width, height = (int(side) for side in asked.size.split("x"))
    start = time.process_time()
    try:
        from secondunit_engine.render.still import render_still, save_png

        picture = render_still(asked.stage, asked.frame, width, height, asked.spp, asked.depth, asked.group)
        save_png(asked.out, picture, asked.exposure)
    except SecondUnitError as problem:
        print(problem, file=sys.stderr)
        return problem.exit_code
    print(f"{asked.out}: {time.process_time() - start:.1f} CPU seconds, mean {picture.mean():.4f}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
