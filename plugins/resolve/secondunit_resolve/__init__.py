"""What Second Unit's menu scripts do inside DaVinci Resolve. Standard library only: Resolve brings its own Python.

Untested inside Resolve itself: built against the documented scripting surface and a fake of it.
"""
