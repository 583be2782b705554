"""The REST interface for videos that Sora had, on our engine, so that tools written for it keep working.

    POST   /v1/videos                 a prompt is queued: JSON or multipart, with a picture as reference if there is one
    GET    /v1/videos                 the videos, newest first, page by page
    GET    /v1/videos/ID              how far it is: queued, in_progress, completed or failed
    DELETE /v1/videos/ID              away with it; the take stays in the project's books
    GET    /v1/videos/ID/content      video/mp4, a thumbnail, or a sprite sheet
    POST   /v1/videos/ID/remix        the shot again with a note; so do /v1/videos/edits and /v1/videos/extensions
    POST   /v1/videos/characters      a name that prompts may use; GET .../ID

`form.py` reads what is asked, `shelf.py` keeps it on disk, `studio.py` has the engine make it, `rest.py` answers. Each
video is one take of one shot of the gateway's project, and an H.264 master of that take.
"""
