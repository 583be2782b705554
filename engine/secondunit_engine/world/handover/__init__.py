"""A shot's world for other people's engines: USDZ within what Unreal, Unity, Blender and AR viewers all read."""
