"""The bridge: what editors and scripts use to talk to a Second Unit engine.

Light by rule: grpcio, protobuf and OpenTimelineIO only. No torch, no USD, no Mitsuba.
"""

__version__ = "0.1.0"
