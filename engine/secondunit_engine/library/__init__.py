"""The project's own assets: checked, measured, credited, and kept in `library/` beside the shots."""
